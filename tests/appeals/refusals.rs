//! Every refusal of a complaint, an appeal or a vacancy, one line a step.

use super::town::Town;
use serde_json::json;
use std::collections::BTreeSet;

const STEPS: &str = "
     0 | apply ann 0                             | ok
     1 | apply bob 0 arrears=900                 | ok
     2 | apply cat 0                             | ok
     3 | apply dan 100 space=owned               | ok
     4 | apply eve 100 household=h-ann           | ok
    20 | appeal p0 r1 bob wrong-fact             | 159
    24 | round r1                                | ann s0, cat 302, bob 209, dan 207, eve 211
    25 | stay st1 s0                             | ok

    26 | complain g1 cat space s9 other          | 107
    26 | complain g1 cat space s0 visitor-stayed | ok
    27 | complain g1 cat stay st1 other          | 157
    27 | complain g1 cat space s9 other          | 107
    27 | complain g2 cat stay st9 plate-misread  | 158
    27 | complain g2 cat decision r9 ann other   | 159
    27 | complain g2 cat decision r1 fay other   | 159
    27 | complain g2 cat decision r1 ann permanent-holder | ok
    27 | complain g3 fay stay st1 right-handed-on | ok
    28 | assign g9 o1                            | 160
    28 | answer g9 resolved                      | 160
    28 | rate g9 cat yes                         | 160
    28 | answer g1 resolved                      | 163
    28 | rate g1 cat yes                         | 164
    28 | assign g1 o1                            | ok
    28 | assign g1 o1                            | 162
    28 | assign g1 o2                            | ok
    28 | assign g1 o1                            | ok
    29 | answer g1 resolved                      | ok
    29 | answer g1 unfounded                     | 161
    29 | assign g1 o2                            | 161
    30 | rate g1 ann yes                         | 166
    30 | rate g1 cat yes                         | ok
    31 | rate g1 cat no                          | 165
    31 | rate g1 ann no                          | 165
    31 | assign g2 o1                            | ok
    31 | answer g2 not-resolved                  | ok

    32 | appeal g1 r1 bob wrong-fact             | 157
    32 | appeal p1 r9 bob wrong-fact             | 159
    32 | appeal p1 r1 fay wrong-fact             | 113
    32 | appeal p1 r1 ann wrong-standing         | 168
    32 | appeal p1 r1 bob wrong-fact             | ok
    33 | appeal p1 r1 dan wrong-rule             | 157
    33 | complain p1 bob space s0 other          | 157
    33 | appeal p2 r1 bob wrong-rule             | 170
    33 | dismiss p9 facts-confirmed              | 171
    33 | uphold p9 fact bob arrears=0            | 171
    33 | uphold p9 fact bob door=d9              | 104
    34 | uphold p1 fact bob                      | 173
    34 | uphold p1 fact cat arrears=1            | 173
    34 | uphold p1 fact bob resident=ann         | 173
    34 | uphold p1 fact bob door=d9              | 104
    34 | uphold p1 fact bob ranked=k9            | 121
    34 | uphold p1 fact bob ranked=k0,k0         | 122
    34 | uphold p1 rule not-resident             | 174
    34 | uphold p1 rule no-space-in-reach        | 174
    34 | dismiss p1 facts-confirmed              | ok
    35 | dismiss p1 not-decisive                 | 172
    35 | uphold p1 fact bob arrears=0            | 172
    36 | appeal p3 r1 eve wrong-claim            | ok
    36 | uphold p3 rule household-certified      | 174
    36 | fill r9                                 | 159
    36 | fill r1                                 | 175
    37 | appeal p4 r1 dan wrong-rule             | ok
    37 | uphold p4 rule other-space              | after 2 no 3: dan s1
    37 | uphold p4 rule other-space              | 168
    37 | dismiss p4 settled                      | 172
    38 | appeal p5 r1 dan wrong-rule             | 168
    39 | appeal p6 r1 cat wrong-reach            | ok
    40 | decline ann                             | cat s0
    41 | uphold p6 fact cat arrears=0            | 168
    41 | dismiss p6 settled                      | ok
    42 | withdraw eve                            | ok
    42 | appeal p7 r1 eve wrong-claim            | 113
    42 | uphold p3 fact eve household=h-eve      | 113
    42 | dismiss p3 settled                      | ok
    50 | apply fay 0                             | ok
    51 | round r2                                | fay 303, bob 209
    52 | appeal p8 r1 bob wrong-fact             | 167
    52 | fill r1                                 | 167
    52 | fill r2                                 | 175
   791 | appeal p8 r2 bob wrong-fact             | ok
   792 | appeal p9 r2 fay wrong-reach            | 169
   792 | assign g3 o3                            | ok
   792 | answer g3 unfounded                     | ok
   792 | rate g3 fay no                          | ok
   792 | round r3                                | fay 303, bob 209
   793 | dismiss p8 not-decisive                 | ok
  1535 | appeal p9 r3 bob wrong-standing         | ok
";

#[test]
fn each_step_has_its_answer() {
    let round = json!({ "offer_hours": 72 });
    let mut town = Town::new(&[(0, 1), (350, 1)], &[0, 100], round, None);
    town.play(STEPS);
    let answers = STEPS.lines().filter_map(|line| line.split('|').nth(2)?.trim().parse().ok());
    let met: BTreeSet<u16> = answers.filter(|number| (157..=175).contains(number)).collect();
    assert_eq!(met, (157..=175).collect(), "a step for each");
}
