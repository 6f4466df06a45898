//! One application from its fields, wherever they stand.
//!
//! Invariant: both readers understand the same values and tell the same mistake in the same words, and every field is
//! looked at, whatever is wrong with the others.

use crate::error::{FlawCode, FlawCollector, Flaws, shown};
use crate::interop::words;
use crate::people::{Application, Documents, Preferences, Resident, SharingRecord, Vehicle};
use crate::units::{Money, StreetId};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::borrow::Cow;
use std::str::FromStr;

/// Where the fields of an application stand, each named by its column.
pub(super) trait Source {
    /// What to call a field.
    fn place(&self, column: &str) -> String;
    /// Whether a field that may be absent is.
    fn is_absent(&self, column: &str) -> bool;
    /// A field as it stands; `None` where there is none, which the source has told.
    fn shown(&self, column: &str) -> Option<String>;
    /// A field that is a text.
    fn text(&self, column: &str) -> Option<&str>;
    /// A field that is true or false.
    fn flag(&self, column: &str) -> Option<bool>;
    /// A field that is a whole number.
    fn amount(&self, column: &str) -> Option<i64>;
    /// A field that may be absent, as JSON; what is no JSON comes as the text it is.
    fn json(&self, column: &str) -> Option<Cow<'_, Value>>;
}

/// The application, once every field was looked at. `None` only beside a flaw, of this or of the source.
pub(super) fn application(source: &impl Source, flaws: &mut FlawCollector) -> Option<Application> {
    let mut fields = Fields { source, flaws };
    let (id, applied_at) = (fields.parsed("id"), fields.parsed("applied_at"));
    let (resident, household, door) = (fields.parsed("resident"), fields.parsed("household"), fields.parsed("door"));
    let registered = fields.flag("registered");
    let (title, register, licence) = (fields.word("title"), fields.word("register"), fields.word("licence"));
    let (other_space, certified_elsewhere) = (fields.word("other_space"), fields.flag("certified_elsewhere"));
    let (arrears, special_need) = (fields.owed("arrears"), fields.word("special_need"));
    let (vehicle, class) = (fields.parsed("vehicle"), fields.word("vehicle_class"));
    let (plate_origin, usage) = (fields.word("plate_origin"), fields.word("vehicle_use"));
    let (insured_until, inspected_until) = (fields.parsed("insured_until"), fields.parsed("inspected_until"));
    let (waiting_since, shift) =
        (fields.optional("waiting_since", Fields::parsed), fields.optional("shift", Fields::parsed));
    let (sharing, no_driving_day) = (fields.sharing(), fields.optional("no_driving_day", Fields::flag));
    let driving_licence = fields.optional("driving_licence", Fields::word);
    let insurance = fields.optional("insurance", Fields::word);
    let preferences = fields.preferences();
    Some(Application {
        id: id?,
        applied_at: applied_at?,
        resident: Resident {
            id: resident?,
            household: household?,
            door: door?,
            registered: registered?,
            documents: Documents {
                title: title?,
                register: register?,
                licence: licence?,
                driving_licence: driving_licence?.unwrap_or_default(),
                insurance: insurance?.unwrap_or_default(),
            },
            other_space: other_space?,
            certified_elsewhere: certified_elsewhere?,
            arrears: arrears?,
            special_need: special_need?,
            sharing: sharing?,
            no_driving_day: no_driving_day?.unwrap_or_default(),
        },
        vehicle: Vehicle {
            id: vehicle?,
            class: class?,
            plate_origin: plate_origin?,
            usage: usage?,
            insured_until: insured_until?,
            inspected_until: inspected_until?,
        },
        waiting_since: waiting_since?,
        shift: shift?,
        preferences: preferences?,
    })
}

/// The fields of one application while they are read.
struct Fields<'a, S> {
    source: &'a S,
    flaws: &'a mut FlawCollector,
}

impl<S: Source> Fields<'_, S> {
    fn wrong(&mut self, column: &str, what: &str, remedy: impl Into<String>) {
        if let Some(shown) = self.source.shown(column) {
            let problem = format!("{shown} is not {what}");
            self.flaws.push(FlawCode::WrongValue, self.source.place(column), problem, remedy);
        }
    }

    /// An id, an instant or a day.
    fn parsed<T: FromStr<Err = Flaws>>(&mut self, column: &str) -> Option<T> {
        let read = self.source.text(column).map(T::from_str);
        match read {
            Some(Ok(value)) => return Some(value),
            Some(Err(flaws)) => self.flaws.absorb(&self.source.place(column), flaws),
            // no text: the empty one knows what is wanted
            None => {
                let remedy =
                    T::from_str("").err().and_then(|flaws| flaws.iter().next().map(|flaw| flaw.remedy.clone()));
                self.wrong(column, "a text", remedy.unwrap_or_default());
            }
        }
        None
    }

    fn word<T: DeserializeOwned>(&mut self, column: &str) -> Option<T> {
        words::word(self.source.text(column).unwrap_or_default())
            .map_err(|words| self.wrong(column, "one of its words", format!("write {words}")))
            .ok()
    }

    fn flag(&mut self, column: &str) -> Option<bool> {
        let flag = self.source.flag(column);
        if flag.is_none() {
            self.wrong(column, "true or false", "write true or false");
        }
        flag
    }

    /// An amount that is owed: zero or more.
    fn owed(&mut self, column: &str) -> Option<Money> {
        let Some(units) = self.source.amount(column) else {
            self.wrong(column, "an amount", "write a whole number of minor units (fen, cent), without a currency");
            return None;
        };
        if units < 0 {
            let problem = format!("an amount of {units} minor units");
            self.flaws.push(FlawCode::OutOfRange, self.source.place(column), problem, "write 0 or more");
            return None;
        }
        Some(Money::minor(units))
    }

    /// A field that may be absent: then nothing is said. `None` only beside a flaw.
    fn optional<T>(&mut self, column: &str, read: fn(&mut Self, &str) -> Option<T>) -> Option<Option<T>> {
        if self.source.is_absent(column) { Some(None) } else { read(self, column).map(Some) }
    }

    /// A number of hours or days.
    fn count(&mut self, column: &str) -> Option<u32> {
        let Some(count) = self.source.amount(column) else {
            self.wrong(column, "a whole number", "write a whole number, 0 or more");
            return None;
        };
        let counted = u32::try_from(count).ok();
        if counted.is_none() {
            let remedy = format!("write 0 to {}", u32::MAX);
            self.flaws.push(FlawCode::OutOfRange, self.source.place(column), count.to_string(), remedy);
        }
        counted
    }

    /// Hours and days, 0 where they are absent.
    fn sharing(&mut self) -> Option<SharingRecord> {
        let (hours, days) = (self.optional("shared_hours", Self::count), self.optional("shared_days", Self::count));
        let sharing = SharingRecord { hours: hours?.unwrap_or_default(), days: days?.unwrap_or_default() };
        let Err(found) = sharing.check() else { return Some(sharing) };
        for flaw in &found {
            let place = self.source.place(if flaw.place == "days" { "shared_days" } else { "shared_hours" });
            self.flaws.push(flaw.code, place, flaw.problem.clone(), flaw.remedy.clone());
        }
        None
    }

    fn preferences(&mut self) -> Option<Preferences> {
        let (ranked, excluded) = (self.streets("ranked"), self.streets("excluded"));
        let preferences = Preferences { ranked: ranked?, excluded: excluded? };
        let Err(found) = preferences.check() else { return Some(preferences) };
        for flaw in &found {
            // Places are told as ranked[2]: the column, then where in its list.
            let (column, at) = flaw.place.split_at(flaw.place.find('[').unwrap_or(flaw.place.len()));
            let place = format!("{}{at}", self.source.place(column));
            self.flaws.push(flaw.code, place, flaw.problem.clone(), flaw.remedy.clone());
        }
        None
    }

    /// A list of streets, none when the field is absent. `None` only beside a flaw; each wrong element is one.
    fn streets(&mut self, column: &str) -> Option<Vec<StreetId>> {
        let Some(value) = self.source.json(column) else { return Some(Vec::new()) };
        let Value::Array(elements) = value.as_ref() else {
            self.wrong(column, "a list of street ids", "write a JSON array, such as [\"elm\", \"oak\"]");
            return None;
        };
        let mut street = |(at, element): (usize, &Value)| {
            let place = format!("{}[{at}]", self.source.place(column));
            let Some(id) = element.as_str() else {
                let problem = format!("{} is not a street id", shown(element));
                self.flaws.push(FlawCode::WrongValue, place, problem, "write the street's id in quotation marks");
                return None;
            };
            StreetId::new(id).map_err(|flaws| self.flaws.absorb(&place, flaws)).ok()
        };
        let streets: Vec<Option<StreetId>> = elements.iter().enumerate().map(&mut street).collect();
        streets.into_iter().collect()
    }
}
