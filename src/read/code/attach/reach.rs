//! How far what stands on a class reaches.

use super::Pass;
use crate::model::test_case::Kind;
use crate::source::Span;

impl Pass<'_, '_> {
    /// The body of a class. Tests of googletest stand behind their fixture, and name it as what they are of.
    pub(super) fn reach_of_class(&mut self, at: u32) -> Span {
        if let Some((_, known)) = self.class.filter(|(last, _)| *last == at) {
            return known;
        }
        let Some(class) = self.tests.get(at as usize) else { return Span::default() };
        let behind = self.tests.iter().skip(at as usize + 1).skip_while(|one| one.body.start < class.body.end());
        let own = behind.take_while(|one| one.kind == Kind::Test && one.scope.last() == Some(&class.name));
        let end = own.last().map_or(class.body.end(), |last| last.body.end());
        let reach = Span::new(class.body.start as usize, end as usize);
        self.class = Some((at, reach));
        reach
    }
}
