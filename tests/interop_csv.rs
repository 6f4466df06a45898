//! Applications from CSV: a wrong header and every kind of wrong cell.
#![cfg(feature = "csv")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use shared_parking::FlawCode::{self, Contradiction, DuplicateId, Empty, Missing, Syntax, Unknown, WrongValue};
use shared_parking::StreetId;
use shared_parking::interop::applications::{self, from_csv};
use shared_parking::people::Preferences;

const CSV: &str = include_str!("../examples/data/applications_small.csv");

fn header() -> &'static str {
    CSV.lines().next().unwrap()
}

/// Code and place of every flaw.
fn flaws(text: &str) -> Vec<(FlawCode, String)> {
    let flaws = from_csv(text).expect_err(text);
    assert!(flaws.iter().all(|flaw| !flaw.problem.is_empty() && !flaw.remedy.is_empty()));
    flaws.iter().map(|flaw| (flaw.code, flaw.place.clone())).collect()
}

fn told(text: &str) -> Vec<String> {
    flaws(text).into_iter().map(|(code, place)| format!("{} {place}", code.slug())).collect()
}

#[test]
fn a_table_without_lines_is_empty_and_one_without_a_header_is_a_flaw() {
    assert_eq!(from_csv(header()), Ok(Vec::new()));
    assert_eq!(from_csv(&format!("{}\r\n", header())), Ok(Vec::new()));
    for text in ["", "\u{feff}", "  \n\n"] {
        assert_eq!(flaws(text), [(Empty, "document".to_owned())]);
    }
}

#[test]
fn a_wrong_header_is_told_column_by_column_and_nothing_else() {
    let renamed = header().replace("plate_origin", "plate_orgin").replace("household,", "");
    let text = format!("{renamed},colour,id\nthis,line,is,not,read\n");
    let found = from_csv(&text).unwrap_err();
    let lines: Vec<String> = found.iter().map(|flaw| format!("{}: {}", flaw.place, flaw.remedy)).collect();
    assert_eq!(lines.len(), 5, "{found}");
    assert_eq!(lines[0], "line 1, column household: add it");
    assert_eq!(lines[1], "line 1, column plate_origin: is it the column \"plate_orgin\"?");
    assert_eq!(lines[2], "line 1, column plate_orgin: did you mean plate_origin?");
    assert!(lines[3].starts_with("line 1, column colour: leave it out; the columns are id, applied_at"));
    assert_eq!(lines[4], "line 1, column id: leave one of the two out");
    let codes: Vec<FlawCode> = found.iter().map(|flaw| flaw.code).collect();
    assert_eq!(codes, [Missing, Missing, Unknown, Unknown, Contradiction]);
}

#[test]
fn a_table_divided_by_semicolons_or_tabs_is_recognised() {
    for (divider, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")] {
        let found = from_csv(&CSV.replace(',', divider)).unwrap_err();
        let flaw = found.iter().next().unwrap();
        assert_eq!((found.len(), flaw.code, flaw.place.as_str()), (1, Syntax, "line 1"));
        assert!(flaw.problem.contains(name), "{flaw}");
    }
}

#[test]
fn order_of_columns_quotes_blanks_mark_and_line_ends_do_not_matter() {
    let wanted = from_csv(CSV).unwrap();
    let reversed = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
    let quoted = |line: &str| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    let spaced = |line: &str| line.split(',').collect::<Vec<_>>().join(" , ");
    let changed =
        |change: &dyn Fn(&str) -> String, end: &str| CSV.lines().map(|line| change(line) + end).collect::<String>();
    for text in [
        changed(&reversed, "\n"),
        changed(&quoted, "\r\n"),
        changed(&spaced, "\n"),
        changed(&str::to_owned, "\n\n\r\n"),
        format!("\u{feff}{CSV}"),
        CSV.trim_end().to_owned(),
        CSV.replace(",true,", ",yes,").replace(",false,", ",no,"),
    ] {
        assert_eq!(from_csv(&text).as_ref(), Ok(&wanted), "{text}");
    }
}

#[test]
fn every_kind_of_cell_can_be_wrong_and_all_are_told_at_once() {
    let columns: Vec<&str> = header().split(',').collect();
    let wrong = |column: &str| match column {
        "id" | "resident" | "household" | "door" | "vehicle" => "", // any other text is an id
        _ => "nonsense",
    };
    let row: Vec<&str> = columns.iter().map(|column| wrong(column)).collect();
    let found = told(&format!("{}\n{}\n", header(), row.join(",")));
    let wanted: Vec<String> = columns.iter().map(|column| format!("wrong-value line 2, column {column}")).collect();
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(found), sorted(wanted));
    let flaws = from_csv(&CSV.replace(",goods,", ",racing,")).unwrap_err();
    assert_eq!(
        flaws.to_string(),
        "1 flaw:\n  line 5, column vehicle_use: \"racing\" is not one of its words [wrong-value]; \
         write one of `private`, `organisation`, `commercial`, `goods`"
    );
}

#[test]
fn words_are_taken_as_they_are_written() {
    for (column, value) in [
        ("registered", "TRUE"),
        ("title", "Applicant"),
        ("arrears", "25.00"),
        ("arrears", "99999999999999999999"),
        ("insured_until", "31.12.2026"),
        ("insured_until", "2026-02-30"),
        ("applied_at", "2026-01-05"),
        ("special_need", ""),
    ] {
        let at = header().split(',').position(|known| known == column).unwrap();
        let mut cells: Vec<&str> = CSV.lines().nth(1).unwrap().split(',').collect();
        cells[at] = value;
        let text = format!("{}\n{}\n", header(), cells.join(","));
        assert_eq!(flaws(&text), [(WrongValue, format!("line 2, column {column}"))], "{value}");
    }
}

/// The example with two more columns; `cells` are those of its first line, the other lines leave them empty.
fn with_wishes(cells: &str) -> String {
    let lines = CSV.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{line},ranked,excluded\n"),
        1 => format!("{line},{cells}\n"),
        _ => format!("{line},,\n"),
    });
    lines.collect()
}

#[test]
fn columns_of_preferences_may_be_absent_or_empty() {
    let plain = from_csv(CSV).unwrap();
    assert_eq!(from_csv(&with_wishes(",")).as_ref(), Ok(&plain));
    assert_eq!(from_csv(&with_wishes("[] , []")).as_ref(), Ok(&plain));
    assert_eq!(applications::to_csv(&plain), CSV, "two columns that say nothing are not written");
    let text = with_wishes("\"[\"\"elm\"\", \"\"way/7, north\"\"]\",\"[\"\"a \\\"\"b\\\"\"\"\"]\"");
    let read = from_csv(&text).unwrap();
    let ids = |ids: &[&str]| ids.iter().map(|id| id.parse().unwrap()).collect::<Vec<StreetId>>();
    assert_eq!(read[0].preferences.ranked, ids(&["elm", "way/7, north"]));
    assert_eq!(read[0].preferences.excluded, ids(&["a \"b\""]));
    assert!(read[1..].iter().all(|application| application.preferences.is_empty()));
    assert_eq!(applications::to_csv(&read), text.replace("\"\", \"\"way", "\"\",\"\"way"));
    // One of the two columns, and at another place.
    let first = CSV.lines().enumerate().map(|(at, line)| match at {
        0 => format!("excluded,{line}\n"),
        1 => format!("\"[\"\"oak\"\"]\",{line}\n"),
        _ => format!(",{line}\n"),
    });
    let read = from_csv(&first.collect::<String>()).unwrap();
    assert_eq!(read[0].preferences, Preferences { ranked: vec![], excluded: ids(&["oak"]) });
}

#[test]
fn flaws_of_preferences_are_told_with_line_column_and_place_in_the_list() {
    let list = "is not a list of street ids [wrong-value]; write a JSON array, such as [\"elm\", \"oak\"]";
    for (cells, expected) in [
        ("elm,", vec![format!("line 2, column ranked: \"elm\" {list}")]),
        ("[elm],", vec![format!("line 2, column ranked: \"[elm]\" {list}")]),
        (",{}", vec![format!("line 2, column excluded: \"{{}}\" {list}")]),
        (",null", vec![format!("line 2, column excluded: \"null\" {list}")]),
        (
            "[7],\"[\"\"\"\"]\"",
            vec![
                "line 2, column ranked[0]: 7 is not a street id [wrong-value]; write the street's id in quotation marks"
                    .to_owned(),
                "line 2, column excluded[0]: an empty street id [wrong-value]; give 1 to 128 bytes without control \
                 characters or outer spaces"
                    .to_owned(),
            ],
        ),
        (
            "\"[\"\"elm\"\",\"\"elm\"\"]\",\"[\"\"elm\"\"]\"",
            vec![
                "line 2, column ranked[1]: street \"elm\" is ranked twice [contradiction]; keep the better rank"
                    .to_owned(),
                "line 2, column excluded[0]: street \"elm\" is ranked and excluded [contradiction]; leave it out of one \
                 of the two lists"
                    .to_owned(),
            ],
        ),
    ] {
        let flaws = from_csv(&with_wishes(cells)).expect_err(cells);
        assert_eq!(flaws.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{cells}");
    }
}

/// Cells of the seven columns of other facts in the first line | the flaws of line 2, divided by a bar; none: it is read.
const BESIDES: &str = "
,,,,,, |
2020-01-05T09:00:00+08:00,night,500,183,yes,applicant,spouse |
,,0,366,no,absent,absent |
,,,12,,, |
long ago,,,,,, | waiting_since: \"long ago\" is not an instant [wrong-value]; write it like 2026-03-02T08:00:00+08:00
,,5,,,, | shared_days: 5 h shared on no day [contradiction]; say on how many days the space was held: 1 to 366
,,25,1,,, | shared_hours: 25 h shared in 1 d [out-of-range]; write at most 24 hours for each day
,,1.5,-1,maybe,me,Spouse | shared_hours: \"1.5\" is not a whole number [wrong-value]; write a whole number, 0 or more | shared_days: -1 [out-of-range]; write 0 to 4294967295 | no_driving_day: \"maybe\" is not true or false [wrong-value]; write true or false | driving_licence: \"me\" is not one of its words [wrong-value]; write one of `applicant`, `spouse`, `parent`, `child`, `other`, `absent` | insurance: \"Spouse\" is not one of its words [wrong-value]; write one of `applicant`, `spouse`, `parent`, `child`, `other`, `absent`
";

#[test]
fn columns_of_other_facts_may_be_absent_or_empty_and_are_told_when_wrong() {
    let columns = "waiting_since,shift,shared_hours,shared_days,no_driving_day,driving_licence,insurance";
    let mut read_rows = Vec::new();
    for row in BESIDES.lines().filter(|row| !row.is_empty()) {
        let mut parts = row.split(" |").map(str::trim).filter(|part| !part.is_empty());
        let cells = parts.next().unwrap();
        let expected: Vec<String> = parts.map(|flaw| format!("line 2, column {flaw}")).collect();
        let lines = CSV.lines().enumerate().map(|(at, line)| match at {
            0 => format!("{line},{columns}\n"),
            1 => format!("{line},{cells}\n"),
            _ => format!("{line},,,,,,,\n"),
        });
        match from_csv(&lines.collect::<String>()) {
            Ok(read) => {
                assert!(expected.is_empty(), "{row}");
                assert_eq!(applications::from_csv(&applications::to_csv(&read)).as_ref(), Ok(&read), "{row}");
                assert_eq!(read[1..], from_csv(CSV).unwrap()[1..], "{row}");
                read_rows.push(read[0].clone());
            }
            Err(flaws) => assert_eq!(flaws.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{row}"),
        }
    }
    let [nothing, full, absent, days] = read_rows.as_slice() else { panic!("{} rows were read", read_rows.len()) };
    assert_eq!(*nothing, from_csv(CSV).unwrap()[0]);
    let facts = serde_json::to_value(full).unwrap();
    assert_eq!((&facts["waiting_since"], &facts["shift"]), (&"2020-01-05T01:00:00Z".into(), &"night".into()));
    assert_eq!(facts["resident"]["sharing"], serde_json::json!({ "hours": 500, "days": 183 }));
    assert_eq!(facts["resident"]["no_driving_day"], true);
    assert_eq!(facts["resident"]["documents"]["driving_licence"], "applicant");
    assert_eq!(facts["resident"]["documents"]["insurance"], "spouse");
    assert_eq!((absent.resident.sharing.hours, absent.resident.sharing.days), (0, 366));
    assert_eq!((days.resident.sharing.hours, days.resident.sharing.days), (0, 12));
}

#[test]
fn a_misspelt_or_repeated_optional_column_is_told() {
    let text = with_wishes(",");
    assert_eq!(told(&text.replace("ranked", "rankd")), ["unknown line 1, column rankd"]);
    assert!(from_csv(&text.replace("ranked", "rankd")).unwrap_err().to_string().contains("did you mean ranked?"));
    assert_eq!(told(&text.replace("excluded", "ranked")), ["contradiction line 1, column ranked"]);
    assert_eq!(told(&with_wishes(",,")), ["syntax line 2"]);
}

#[test]
fn arrears_are_never_negative() {
    let text = CSV.replace(",0,none,", ",-5,none,");
    assert_ne!(text, CSV);
    let found = from_csv(&text).unwrap_err();
    let first = found.iter().next().unwrap();
    assert_eq!(
        first.to_string(),
        "line 2, column arrears: an amount of -5 minor units [out-of-range]; write 0 or more"
    );
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    let lines: Vec<&str> = CSV.lines().collect();
    let text = format!(
        "{}\n\n{}\n{},one-too-many\n\r\n\r\n{}\nshort,line\n{}\n",
        lines[0],
        lines[1],
        lines[2],
        lines[3].replace("h-3", "\"h\n3\""), // an id holds no line end
        lines[1],
    );
    assert_eq!(
        told(&text),
        ["syntax line 4", "wrong-value line 7, column household", "syntax line 9", "duplicate-id line 10, column id",]
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    let text = CSV.replace("a-3", "\"a-3");
    assert_eq!(flaws(&text), [(Syntax, "line 4".to_owned())]);
}

#[test]
fn an_id_used_twice_is_told_where_it_comes_again() {
    let text = CSV.replace("a-4,", "a-1,");
    assert_eq!(flaws(&text), [(DuplicateId, "line 5, column id".to_owned())]);
    assert!(from_csv(&text).unwrap_err().to_string().contains("line 2"));
}

#[test]
fn the_two_example_files_hold_the_same() {
    let json = include_str!("../examples/data/applications_small.json");
    assert_eq!(from_csv(CSV), applications::from_json(json));
}
