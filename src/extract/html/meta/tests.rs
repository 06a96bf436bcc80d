use super::nodes::greenwich_hour;
use super::visible::is_next_door;
use super::*;

#[test]
fn names_of_authors() {
    assert_eq!(author("Author: Andreas Writer"), "Andreas Writer");
    assert_eq!(author("Written by Amy Writer | The Kite Times"), "Amy Writer");
    assert_eq!(author("Byron Writer"), "Byron Writer");
    assert_eq!(author("kites.example/amy.writer"), "");
    assert_eq!(author("wolf am 26/10/13, 03:48 pm"), "");
}

#[test]
fn moments_of_greenwich() {
    for (moment, hour) in [
        ("2021-11-04T23:00:00Z", Some(23)),
        ("2022-05-04T00:44+00:00", Some(0)),
        ("Wed, 04 May 2022 02:41 GMT", Some(2)),
        ("2022-05-04T09:00:00+02:00", None),
        ("2022-05-04", None),
    ] {
        assert_eq!(greenwich_hour(moment), hour, "{moment}");
    }
    let day = |text: &str| text.parse::<Date>().unwrap();
    assert!(is_next_door(day("2021-11-04"), 23, day("2021-11-05")));
    assert!(is_next_door(day("2022-03-01"), 2, day("2022-02-28")));
    assert!(!is_next_door(day("2022-03-01"), 2, day("2022-03-02")));
    assert!(!is_next_door(day("2022-03-01"), 2, day("2022-03-01")));
}

#[test]
fn references_to_characters_are_characters() {
    assert_eq!(plain("It doesn&#8217;t &amp; won&#039;t <b>"), "It doesn’t & won't <b>");
    assert_eq!(plain("A & B; C"), "A & B; C");
}

#[test]
fn the_window_names_the_publisher() {
    let name = |window: &str| publisher_behind(window, "Kites rise");
    assert_eq!(name("Kites rise | The Kite Times").as_deref(), Some("The Kite Times"));
    assert_eq!(name("Kites rise over the town"), None);
    assert_eq!(name("Kites rise - 07.12.2017 - PAPER"), None);
    assert_eq!(name("Kites rise"), None);
}
