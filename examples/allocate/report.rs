//! A page for people: the figures, the map, and a sample of the answers in words. Self-contained, without scripts.

use crate::support::table::Row;
use shared_parking::District;
use shared_parking::audit::Explainer;
use shared_parking::district::{Answer, Round};
use std::fmt::Write;

/// How many answers of each kind the page tells in words; all of them are in allocation.json.
const TOLD: usize = 8;

const STYLE: &str = "
body { font: 16px/1.5 system-ui, sans-serif; color: #222; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
h1, h2 { line-height: 1.2 } h2 { margin-top: 2.5rem }
table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; vertical-align: top; text-align: left }
tr { border-bottom: 1px solid #ddd } td.id { white-space: nowrap; font-family: ui-monospace, monospace }
svg { max-width: 100%; height: auto; border: 1px solid #ccc } footer { margin-top: 2rem; color: #555 }
";

pub fn html(district: &District, round: &Round, rows: &[Row], map: &str) -> String {
    let name = escaped(district.inventory().name());
    let mut page = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Permits of {name}</title>\
         <style>{STYLE}</style></head><body>\n<h1>Permits of {name}, season {}</h1>\n<table>\n",
        escaped(round.season.as_str())
    );
    for (label, value) in rows {
        let _ = writeln!(page, "<tr><th>{}</th><td>{}</td></tr>", escaped(label.trim_start()), escaped(value));
    }
    let svg = map.find("<svg").map_or(map, |start| &map[start..]);
    let _ = write!(page, "</table>\n<h2>Map</h2>\n{svg}\n<h2>Some answers</h2>\n");
    let _ = writeln!(page, "<p>The first {TOLD} of each kind; every answer is in <code>allocation.json</code>.</p>");
    let mut explainer = Explainer::new(district, round);
    for (heading, wanted) in [("Seated", 0), ("Left out", 1), ("Not eligible", 2)] {
        let _ = writeln!(page, "<h3>{heading}</h3>\n<table>");
        for outcome in round.outcomes.iter().filter(|outcome| kind(&outcome.answer) == wanted).take(TOLD) {
            let story = explainer.explain(&outcome.application).map(|story| story.to_string()).unwrap_or_default();
            let (id, story) = (escaped(outcome.application.as_str()), escaped(&story));
            let _ = writeln!(page, "<tr><td class=\"id\">{id}</td><td>{story}</td></tr>");
        }
        page.push_str("</table>\n");
    }
    let attribution = escaped(district.inventory().attribution());
    let source = escaped(&district.policy().source);
    let _ = write!(page, "<footer><p>{attribution}</p><p>Policy: {source}</p></footer>\n</body></html>\n");
    page
}

fn kind(answer: &Answer) -> u8 {
    match answer {
        Answer::Seated { .. } => 0,
        Answer::LeftOut { .. } => 1,
        Answer::NotEligible { .. } => 2,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
