//! The families of markets, and the measuring, as the benchmarks of the library have them.

#[path = "../../support/mod.rs"]
mod support;

pub(crate) use support::family::Family;
pub(crate) use support::{Recipe, measure};

#[cfg(test)]
mod tests {
    use super::measure::{group_choices, median, merged_choices, pass, slope};
    use shared_parking::market::Market;

    #[test]
    fn medians() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn slopes_are_powers() {
        let points = |power: i32| [1.0, 7.0, 50.0, 400.0].map(|x: f64| (x, 3.0 * x.powi(power)));
        for power in [0, 1, 2] {
            let found = slope(&points(power)).unwrap();
            assert!((found - f64::from(power)).abs() < 1e-9, "{found}");
        }
        // Neither point is on it: halfway between 1 and 4 where x doubles twice.
        let found = slope(&[(1.0, 1.0), (2.0, 1.0), (4.0, 4.0)]).unwrap();
        assert!((found - 1.0).abs() < 1e-9, "{found}");
        for none in [&[][..], &[(2.0, 5.0)], &[(2.0, 5.0), (2.0, 6.0)], &[(0.0, 1.0), (1.0, 1.0)]] {
            assert_eq!(slope(none), None);
        }
    }

    #[test]
    fn a_pass_sees_each_list_once_and_groups_their_own() {
        let mut builder = Market::builder();
        let (kerb, yard) = (builder.place(2), builder.place(1));
        for standing in [0, 1] {
            builder.agent(standing, 1, [(kerb, 30), (yard, 10)]);
        }
        builder.agent(0, 1, [(yard, 5)]);
        builder.agent(0, 2, [(yard, 5)]);
        let market = builder.build().unwrap();
        assert_eq!((merged_choices(&market), pass(&market)), (3, 30 + (1 + 10) + (1 + 5)));
        assert_eq!(group_choices(&market), 5);
    }
}
