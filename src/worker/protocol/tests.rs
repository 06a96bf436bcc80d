use proptest::prelude::*;

use super::fields::ROLES;
use super::samples::samples;
use super::*;

#[test]
fn every_frame_is_read_as_it_was_written() {
    let mut out = Vec::new();
    samples().iter().for_each(|frame| frame.write(&mut out));
    let mut at = 0;
    for frame in samples() {
        assert_eq!(next_frame(&out, &mut at), Ok(Some(frame)));
    }
    assert_eq!((next_frame(&out, &mut at), at), (Ok(None), out.len()));
}

#[test]
fn a_value_is_sent_as_its_place_in_the_list() {
    let places =
        |values: Vec<u8>| assert!(values.iter().enumerate().all(|(n, v)| n == usize::from(*v)));
    places(ORIGINS.iter().map(|origin| *origin as u8).collect());
    places(ROLES.iter().map(|role| *role as u8).collect());
    places(WARNINGS.iter().map(|kind| *kind as u8).collect());
}

#[test]
fn every_way_to_cut_a_frame_short_is_noticed() {
    for frame in samples() {
        let mut whole = Vec::new();
        frame.write(&mut whole);
        for end in 0..whole.len() {
            assert_eq!(next_frame(&whole[..end], &mut 0), Ok(None), "{frame:?} to {end}");
        }
        // Without its last byte, and a length that fits: an error or another value, no panic.
        let short = &whole[4..whole.len() - 1];
        assert_ne!(Frame::read(short), Ok(frame));
    }
}

#[test]
fn a_wrong_length_asks_for_no_memory() {
    for bytes in [0, 0x0010_0001, u32::MAX] {
        let head = bytes.to_le_bytes();
        assert_eq!(next_frame(&head, &mut 0), Err(ProtocolError::Length { bytes }));
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        feed_frames(&bytes);
    }

    #[test]
    fn a_changed_stream_never_panics(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        order in proptest::collection::vec(0_usize..23, 0..24),
    ) {
        let samples = samples();
        let mut out = Vec::new();
        samples.iter().skip(3).for_each(|frame| frame.write(&mut out));
        order.iter().for_each(|idx| samples[*idx].write(&mut out));
        for (at, byte) in changes {
            let at = at.index(out.len());
            out[at] = byte;
        }
        feed_frames(&out);
    }
}

#[test]
fn every_job_is_read_as_it_was_written() {
    for ask in [
        Ask::Text { careful: false },
        Ask::Text { careful: true },
        Ask::Draft,
        Ask::Picture { page: PageNo::FIRST, dpi: 72 },
        Ask::Turned { degrees: -1.5 },
    ] {
        let job = Frame::Job {
            ask,
            name: "",
            charset: None,
            limits: Limits::default(),
            passwords: Vec::new(),
            bytes: 0,
        };
        let mut out = Vec::new();
        job.write(&mut out);
        assert_eq!(next_frame(&out, &mut 0), Ok(Some(job)));
    }
}
