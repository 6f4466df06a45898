//! Stories from application to the end of a permit, one line a step; between them they take every legal step and meet
//! every refusal of the lifecycle.

use super::table::documented;
use super::town::Town;
use serde_json::{Value, json};
use std::collections::BTreeSet;

struct Story {
    what: &'static str,
    /// Stretches by their place in metres, with their spaces; and the doors.
    ground: (&'static [(u32, u32)], &'static [u32]),
    round: fn() -> Value,
    life: fn() -> Value,
    steps: &'static str,
}

const ONE_SPACE: (&[(u32, u32)], &[u32]) = (&[(0, 1)], &[0, 100, 900]);

fn plain() -> Value {
    json!({})
}

fn offers() -> Value {
    json!({ "mechanism": "serial-dictatorship", "offer_hours": 72 })
}

fn renewals() -> Value {
    json!({ "renewal": { "within_days": 30, "place": "keep" } })
}

fn kind() -> Value {
    json!({ "on_move": "keeps-within-walk", "on_death": "to-household", "vehicle_sold_days": 2 })
}

/// The walking limit is 300 m, a permit lasts 12 months (8,760 hours), and one household has one permit.
const STORIES: &[Story] = &[
    Story {
        what: "an application before it leads to anything",
        ground: ONE_SPACE,
        round: plain,
        life: plain,
        steps: "
             0 | apply ann 0                                | applied
             1 | ask ann                                    | 130
             1 | ask nobody                                 | 113
             1 | ask ann title                              | incomplete
             2 | ask ann title register                     | incomplete
            30 | apply bob 0                                | applied
            40 | round r1                                   | bob s0
            40 | table incomplete leave-out                 | 131
            41 | ask bob                                    | 130
            41 | ask bob title                              | 132
            41 | amend bob 0                                | 132
            41 | withdraw bob                               | 114
            41 | amend nobody 0                             | 113
            41 | amend ann 7                                | 104
            41 | amend ann 0 excluded=k9                    | 121
            41 | amend ann 0 ranked=k1,k1                   | 122
            41 | amend ann 0 applied=1                      | 133
            41 | amend ann 0 resident=bob                   | 133
            41 | amend ann 0 household=h-bob                | 133
            41 | amend ann 0 since=-100                     | applied
            42 | amend ann 0 since=-99                      | 133
            42 | amend ann 0                                | 133
            42 | amend ann 100 since=-101 vehicle=v2        | applied
            43 | round r2                                   | ann 303
            43 | state ann                                  | waiting
            44 | round r3                                   | ann 303
            45 | ask ann licence                            | incomplete
            46 | round r4                                   |
            47 | amend ann 900 since=-101                   | applied
            48 | round r5                                   | ann 301
            49 | amend ann 0 since=-101                     | applied
            50 | revoke bob misuse                          | revoked
            51 | round r6                                   | ann s0
            52 | return ann                                 | withdrawn
            53 | withdraw ann                               | 113
            53 | amend ann 0 since=-101                     | 113
            53 | ask ann title                              | 113
            54 | apply cat 0                                | applied
            54 | withdraw cat                               | withdrawn
            54 | withdraw cat                               | 113
            55 | apply dan 0                                | applied
            55 | ask dan title                              | incomplete
            55 | withdraw dan                               | withdrawn
            56 | apply eve 0                                | applied
            80 | apply fay 0                                | applied
            81 | round r7                                   | eve s0, fay 302
            82 | withdraw fay                               | withdrawn
            83 | state nobody                               | none
          8808 | state eve                                  | active
          8832 | state eve                                  | expired
        ",
    },
    Story {
        what: "a permit, suspended and taken away",
        ground: ONE_SPACE,
        round: plain,
        life: plain,
        steps: "
             0 | apply ann 0                                | applied
            24 | round r1                                   | ann s0
            24 | suspend nobody arrears                     | 108
            24 | revoke ann misuse                          | 139
            24 | return ann                                 | 139
            24 | moved ann 100                              | 139
            24 | moved ann 7                                | 104
            24 | died ann                                   | 139
            24 | sold ann                                   | 139
            24 | lapsed ann                                 | 144
            24 | reinstate ann                              | 137
            24 | suspend ann arrears                        | suspended
            25 | suspend ann arrears                        | 136
            25 | reinstate ann                              | active
            26 | suspend ann arrears                        | suspended
            27 | apply bob 0                                | applied
            28 | round r2                                   | bob 303
            29 | revoke ann arrears                         | revoked
            30 | revoke ann arrears                         | 135
            30 | suspend ann arrears                        | 135
            30 | reinstate ann                              | 135
            30 | return ann                                 | 135
            30 | vehicle ann v2                             | 135
            30 | moved ann 100                              | 135
            30 | died ann                                   | 135
            30 | sold ann                                   | 135
            30 | lapsed ann                                 | 135
            31 | round r3                                   | bob s0
            32 | suspend bob arrears                        | suspended
            33 | return bob                                 | withdrawn
            34 | apply cat 0                                | applied
            35 | round r4                                   | cat s0
            36 | suspend cat arrears                        | suspended
          8783 | state cat                                  | suspended
          8784 | state cat                                  | expired
          8784 | reinstate cat                              | 135
        ",
    },
    Story {
        what: "what ends a permit where the policy says nothing",
        ground: (&[(0, 4)], &[0, 100]),
        round: plain,
        life: plain,
        steps: "
             0 | apply ann 0                                | applied
            24 | apply bob 0                                | applied
            48 | apply cat 0                                | applied
            72 | apply dan 0                                | applied
            96 | round r1                                   | ann s0, bob s0, cat s0, dan s0
            97 | died ann amy                               | 142
            97 | died ann                                   | expired
            97 | moved bob 100                              | expired
            97 | sold cat                                   | expired
            97 | suspend dan arrears                        | suspended
            98 | moved dan 100                              | expired
        ",
    },
    Story {
        what: "a vehicle changed, and one sold",
        ground: (&[(0, 3)], &[0, 100]),
        round: plain,
        life: kind,
        steps: "
             0 | apply ann 0                                | applied
            24 | apply bob 0                                | applied
            48 | round r1                                   | ann s0, bob s0
            49 | vehicle ann vehicle=v-ann                  | 140
            49 | vehicle ann vehicle=v-bob                  | 141
            49 | vehicle ann vehicle=v2 class=large         | 141
            49 | vehicle ann vehicle=v2 plate=other         | 141
            49 | vehicle ann vehicle=v2 insured=2026-03-02  | 141
            50 | vehicle ann vehicle=v2                     | active
            51 | vehicle bob vehicle=v-ann                  | active
            60 | sold ann                                   | suspended
            61 | sold ann                                   | 138
            61 | reinstate ann                              | 138
            61 | lapsed ann                                 | 144
            61 | suspend ann arrears                        | 136
            62 | vehicle ann vehicle=v2                     | 140
            62 | vehicle ann vehicle=v3                     | active
            63 | lapsed ann                                 | 144
            70 | suspend ann arrears                        | suspended
            71 | lapsed ann                                 | 144
            71 | vehicle ann vehicle=v4                     | suspended
            72 | sold ann                                   | suspended
            73 | reinstate ann                              | 138
            74 | vehicle ann vehicle=v5                     | suspended
            75 | reinstate ann                              | active
            80 | sold bob                                   | suspended
           127 | lapsed bob                                 | 144
           128 | state bob                                  | suspended
           128 | vehicle bob vehicle=v6                     | active
           129 | sold bob                                   | suspended
           177 | lapsed bob                                 | expired
           178 | vehicle bob vehicle=v7                     | 135
        ",
    },
    Story {
        what: "a household that moves, and one that takes a permit over",
        ground: (&[(0, 2)], &[0, 100, 900]),
        round: renewals,
        life: kind,
        steps: "
             0 | apply ann 0                                | applied
            24 | apply bob 0                                | applied
            48 | round r1                                   | ann s0, bob s0
            49 | moved ann 100                              | active
            50 | suspend ann arrears                        | suspended
            51 | moved ann 0                                | suspended
            52 | reinstate ann                              | active
            53 | moved ann 900                              | expired
            54 | died bob bob                               | 143
            54 | died bob ben household=h-other             | 143
            54 | died bob ben door=100                      | 143
            54 | died bob ben registered=false              | 143
            54 | died bob ben                               | active
            55 | died bob ben                               | 143
          8700 | apply old 0 resident=bob household=h-bob vehicle=v-bob | applied
          8701 | round r2                                   | old 211
          8702 | apply ben 0 household=h-bob vehicle=v-bob  | applied
          8703 | round r3                                   | ben s0, old 211
          8703 | state bob                                  | expired
          8704 | suspend ben arrears                        | suspended
          8705 | died ben bea                               | suspended
          8706 | died ben                                   | expired
        ",
    },
    Story {
        what: "what a suspended permit cannot do",
        ground: ONE_SPACE,
        round: renewals,
        life: kind,
        steps: "
             0 | apply ann 0                                | applied
            24 | round r1                                   | ann s0
           100 | suspend ann arrears                        | suspended
          8700 | apply ann2 0 resident=ann household=h-ann vehicle=v-ann | applied
          8701 | round r2                                   | ann2 211
          8702 | reinstate ann                              | active
          8703 | round r3                                   | ann2 s0
          8703 | state ann                                  | expired
        ",
    },
    Story {
        what: "stays under a permit that changed",
        ground: ONE_SPACE,
        round: plain,
        life: kind,
        steps: "
             0 | apply ann 0                                | applied
            24 | round r1                                   | ann s0
            30 | vehicle ann vehicle=v2                     | active
            31 | stay ann 26 30 v-ann                       | billed
            40 | suspend ann arrears                        | suspended
            50 | reinstate ann                              | active
            60 | sold ann                                   | suspended
            70 | vehicle ann vehicle=v3                     | active
            80 | revoke ann misuse                          | revoked
           100 | stay ann 25 26 v-ann class=large           | 118
           100 | stay ann 25 26 v2                          | 118
           100 | stay ann 25 26 v-ann                       | billed
           100 | stay ann 30 31 v-ann                       | 118
           100 | stay ann 32 40 v2                          | billed
           100 | stay ann 39 41 v2                          | 109
           100 | stay ann 39 51 v2                          | 109
           100 | stay ann 44 46 v2                          | 109
           100 | stay ann 49 51 v2                          | 109
           100 | stay ann 50 60 v2                          | billed
           100 | stay ann 59 61 v2                          | 109
           100 | stay ann 69 71 v3                          | 109
           100 | stay ann 70 80 v2                          | 118
           100 | stay ann 70 80 v3                          | billed
           100 | stay ann 79 81 v3                          | 109
           100 | stay ann 80 81 v3                          | 109
        ",
    },
    Story {
        what: "a change of vehicle within one stay",
        ground: ONE_SPACE,
        round: plain,
        life: plain,
        steps: "
             0 | apply ann 0                                | applied
            24 | round r1                                   | ann s0
            30 | vehicle ann vehicle=v2                     | active
            31 | vehicle ann vehicle=v-ann                  | active
            40 | stay ann 29 32 v-ann                       | 118
            40 | stay ann 29 32 v2                          | 118
            40 | stay ann 29 30 v-ann                       | billed
            40 | stay ann 31 32 v-ann                       | billed
            40 | stay ann 30 31 v2                          | billed
        ",
    },
    Story {
        what: "offers, and spaces that fall free",
        ground: (&[(0, 1), (250, 1)], &[0, 90, 400]),
        round: offers,
        life: plain,
        steps: "
             0 | apply ann 0                                | applied
            24 | apply bob 90                               | applied
            48 | apply cat 400                              | applied
            72 | apply dan 400                              | applied
            96 | round r1                                   | ann s0, bob s1, cat 304, dan 304
            97 | suspend ann arrears                        | 134
            97 | revoke ann arrears                         | 134
            97 | return ann                                 | 134
            97 | sold ann                                   | 134
            97 | lapsed ann                                 | 134
            97 | moved ann 90                               | 134
            97 | died ann                                   | 134
            97 | vehicle ann vehicle=v2                     | 134
            97 | ask cat licence                            | incomplete
            97 | amend bob 0                                | 132
            98 | decline ann                                | bob s1>s0, dan s1
            98 | state ann                                  | withdrawn
            98 | withdraw ann                               | 113
            98 | decline ann                                | 123
            99 | accept bob                                 | active
            99 | accept bob                                 | 123
           100 | amend cat 0                                | applied
           170 | state dan                                  | offered
           170 | accept dan                                 | 124
           171 | close r1                                   | cat s1
           171 | state dan                                  | expired
           171 | state cat                                  | offered
           172 | accept cat                                 | active
           173 | return bob                                 | withdrawn
           174 | apply eve 400                              | applied
           175 | round r2                                   | eve 303
           176 | apply fay 0                                | applied
           177 | round r3                                   | fay s0, eve 303
           177 | accept fay                                 | active
        ",
    },
];

fn told(story: &Story) -> Town {
    let (stretches, doors) = story.ground;
    let mut town = Town::new(300, stretches, doors, (story.round)(), &(story.life)());
    for line in story.steps.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [hour, what, expected] = cells.as_slice() else { panic!("three columns: {line}") };
        let hour = hour.parse().expect("an hour");
        assert_eq!(town.tell(hour, what), *expected, "{}: {line}", story.what);
        town.model.wait(town.hour(hour));
    }
    town.is_in_order();
    town
}

#[test]
fn every_story_goes_as_told_and_together_they_take_every_step() {
    let (mut taken, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for story in STORIES {
        let town = told(story);
        taken.extend(town.model.taken);
        refused.extend(town.refused);
    }
    let legal: BTreeSet<(String, String)> =
        documented().into_iter().filter(|(_, cell)| !cell.starts_with('1')).map(|(key, _)| key).collect();
    assert_eq!(legal.difference(&taken).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "steps nobody took");
    assert!(taken.is_subset(&legal));
    let own: BTreeSet<u16> = (130..=144).collect();
    assert_eq!(own.difference(&refused).collect::<Vec<_>>(), Vec::<&u16>::new(), "refusals nobody met");
    let known: BTreeSet<u16> = shared_parking::Refusal::ALL.iter().map(|no| no.number()).collect();
    assert!(own.is_subset(&known));
}
