//! Framed comments above groups of tests.

use super::super::claim::is_framed;
use super::{Pass, Spot, SpotKind};
use crate::model::test_case::{Grade, Kind};
use crate::source::Span;

/// A framed comment above a group of tests: what it names holds up to the next one.
pub(super) struct Banner {
    pub(super) end: usize,
    pub(super) around: Option<u32>,
    /// The item right below it.
    pub(super) below: Option<u32>,
    pub(super) markers: Vec<usize>,
}

impl Pass<'_, '_> {
    /// Whether comments are framed and stand above tests, not inside of one and not at the head of the file.
    pub(super) fn is_banner(&self, whole: (u32, u32)) -> bool {
        let text = self.masked.slice(whole.0, whole.1);
        let framed = text.lines().next().is_some_and(is_framed) && text.lines().next_back().is_some_and(is_framed);
        framed && self.alone(whole.0) && self.code < whole.0 as usize && {
            let around = self.around(whole.0).and_then(|index| self.tests.get(index as usize));
            around.map_or(self.test_file, |item| item.kind == Kind::Class)
        }
    }

    pub(super) fn open_banner(&mut self, whole: (u32, u32)) -> Spot {
        self.close_banner(whole.0 as usize);
        let (around, below) = (self.around(whole.0), self.below(whole.1));
        self.banner = Some(Banner { end: whole.1 as usize, around, below, markers: Vec::new() });
        Spot { item: below.or(around), kind: SpotKind::Banner, follow: None }
    }

    /// Ends the group of tests below a banner: its markers speak of them.
    pub(super) fn close_banner(&mut self, end: usize) {
        let Some(banner) = self.banner.take().filter(|banner| !banner.markers.is_empty()) else { return };
        let around = banner.around.and_then(|index| self.tests.get(index as usize));
        let end = around.map_or(end, |around| end.min(around.body.end() as usize));
        let reach = Span::new(banner.end, end.max(banner.end));
        let own = banner.below.and_then(|index| self.tests.get(index as usize)).is_some_and(|test| test.kind == Kind::Test);
        let from = self.tests.partition_point(|test| test.span.start < reach.start);
        let group = self.tests.iter().skip(from).take_while(|test| test.span.start < reach.end());
        // What stands on a single test is that test's own.
        let alone = own && group.filter(|test| test.kind == Kind::Test).count() == 1;
        for at in banner.markers.iter().filter(|_| !alone) {
            if let Some(marker) = self.markers.get_mut(*at) {
                (marker.reach, marker.grade, marker.test) = (reach, Grade::Class, banner.around);
            }
        }
    }
}
