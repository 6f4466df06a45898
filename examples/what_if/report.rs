//! Gains and losses as tables for a council.

use crate::input::Input;
use crate::options::Options;
use shared_parking::audit::{Gains, GainsBy, Tally};
use shared_parking::{CommunityId, Inventory, Policy, Refusal};
use std::fmt::Write;

const LABEL: usize = 30;
const CELL: usize = 10;

/// The whole answer; its last line is the summary.
pub fn text(input: &Input, gains: &Gains, options: &Options) -> String {
    let mut text = format!("{}, season {}, seed {}\n", input.inventory.name(), gains.season, options.seed);
    let _ = writeln!(text, "{}\n", input.provenance);
    for line in differences(&input.before, &input.after) {
        let _ = writeln!(text, "{line}");
    }
    let headings = ["people", "before", "after", "gain", "lose", "nearer", "farther"];
    text.push('\n');
    text += &line("with a space", headings.map(str::to_owned));
    text += &row("everybody", gains.all);
    text += &groups("tier", &gains.tiers, |tier| tier_name(&input.before, *tier));
    if !input.inventory.communities().is_empty() {
        text += &groups("community", &gains.communities, |own| community_name(&input.inventory, own.as_ref()));
    }
    text += &figures(gains);
    let Tally { gained, lost, before, after, people, .. } = gains.all;
    let _ =
        writeln!(text, "of {people}, {gained} gain a space and {lost} lose one: {before} seated before, {after} after");
    text
}

/// In words, what the second policy changes.
fn differences(before: &Policy, after: &Policy) -> Vec<String> {
    let mut lines = vec![format!("before: {}", before.name), format!("after:  {}", after.name)];
    lines.extend(before.compare(after).iter().map(|difference| format!("  {difference}")));
    lines
}

fn groups<K>(what: &str, groups: &GainsBy<K>, name: impl Fn(&K) -> String) -> String {
    let mut text = format!("by {what}\n");
    for own in &groups.groups {
        text += &row(&format!("  {}", name(&own.group)), own.tally);
    }
    if groups.others.people > 0 {
        let names: Vec<String> = groups.merged.iter().map(&name).collect();
        let label = if names.len() <= 2 { names.join(", ") } else { format!("{} others", names.len()) };
        text += &row(&format!("  {label}"), groups.others);
    }
    text
}

fn tier_name(policy: &Policy, tier: u32) -> String {
    let tier = (tier as usize).checked_sub(1).and_then(|at| policy.standing.tiers.get(at));
    let word = tier.and_then(|tier| serde_json::to_value(tier).ok());
    word.map_or_else(|| "no tier".to_owned(), |word| word.as_str().map_or_else(|| word.to_string(), str::to_owned))
}

fn community_name(inventory: &Inventory, id: Option<&CommunityId>) -> String {
    let own = inventory.communities().iter().find(|community| Some(&community.id) == id);
    own.map_or_else(|| "no community".to_owned(), |community| community.name.clone())
}

/// Refusals by their numbers, and the walks of the seated.
fn figures(gains: &Gains) -> String {
    let two = |label: &str, before: String, after: String| line(label, ["".to_owned(), before, after]);
    let mut text = "why not\n".to_owned();
    for refusal in Refusal::ALL {
        let of = |figures: &shared_parking::audit::Figures| figures.refused.get(&refusal.number()).copied();
        if let (before, after) = (of(&gains.before), of(&gains.after))
            && (before, after) != (None, None)
        {
            let label = format!("  {} {}", refusal.number(), refusal.slug());
            text += &two(&label, before.unwrap_or(0).to_string(), after.unwrap_or(0).to_string());
        }
    }
    let (before, after) = (&gains.before.walk, &gains.after.walk);
    text += "walks of the seated\n";
    text += &two("  median", before.median.to_string(), after.median.to_string());
    text += &two("  nine in ten within", before.p90.to_string(), after.p90.to_string());
    text += &two("  longest", before.max.to_string(), after.max.to_string());
    text
}

fn row(label: &str, tally: Tally) -> String {
    let Tally { people, before, after, gained, lost, nearer, farther } = tally;
    line(label, [people, before, after, gained, lost, nearer, farther].map(|number| number.to_string()))
}

fn line<const N: usize>(label: &str, cells: [String; N]) -> String {
    let mut line = label.to_owned() + &" ".repeat(LABEL.saturating_sub(width(label)));
    cells.iter().for_each(|cell| line += &format!("{cell:>CELL$}"));
    line.trim_end().to_owned() + "\n"
}

/// How many columns a text takes: characters of Chinese, Japanese and Korean take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum()
}
