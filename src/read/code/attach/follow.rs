//! Claims of tests that stand above what is no item: a block of a macro, a helper's helper, a gap. They speak of the tests
//! that follow, and never of the module around all of them.

use super::Pass;
use crate::model::test_case::Kind;
use crate::read::code::mask::is_word;
use crate::source::Span;

/// Items that are looked at on either side of a claim.
const NEAR: usize = 32;

/// What a claim speaks of, where that is not what a remark at its place would speak of.
#[derive(Clone, Copy)]
pub(super) struct Follow {
    /// A single test, or what stands around several.
    pub(super) item: Option<u32>,
    /// Where several stand.
    pub(super) reach: Option<Span>,
}

impl Pass<'_, '_> {
    /// What claims of a group of comments speak of that stands in a class or a file, and on no item.
    pub(super) fn follow(&self, whole: (u32, u32), around: Option<u32>) -> Option<Follow> {
        let class = around.and_then(|at| self.tests.get(at as usize));
        if class.is_some_and(|item| item.kind != Kind::Class) {
            return None;
        }
        self.below_macro(whole.1, around).or_else(|| {
            let item = self.next_test(around, whole.1, class?.body)?;
            Some(Follow { item: Some(item), reach: None })
        })
    }

    /// The tests in the block of a macro that begins on the line below: `proptest! {`.
    fn below_macro(&self, end: u32, around: Option<u32>) -> Option<Follow> {
        let block = self.macro_block(self.next_line(end)?)?;
        let from = self.tests.partition_point(|test| test.span.start < block.start);
        let inside = self.tests.iter().enumerate().skip(from).take_while(|(_, test)| block.contains(test.span));
        let mut tests = inside.filter(|(_, test)| test.kind == Kind::Test).map(|(at, _)| at);
        let first = u32::try_from(tests.next()?).ok();
        Some(match tests.next() {
            None => Follow { item: first, reach: None },
            Some(_) => Follow { item: around, reach: Some(block) },
        })
    }

    /// Where the text of the next line begins; `None` where it is empty.
    fn next_line(&self, end: u32) -> Option<usize> {
        let rest = self.masked.text.get(end as usize..)?;
        let line = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?.trim_start_matches([' ', '\t']);
        Some(self.masked.text.len() - line.len())
    }

    /// The braces of `name! {` or `name! ident {`.
    fn macro_block(&self, at: usize) -> Option<Span> {
        let bang = self.masked.word_end(at);
        if !is_word(self.masked.at(at)) || self.masked.at(bang) != b'!' {
            return None;
        }
        let mut open = self.masked.skip_space(bang + 1);
        if is_word(self.masked.at(open)) {
            open = self.masked.skip_space(self.masked.word_end(open));
        }
        let close = (self.masked.at(open) == b'{').then(|| self.masked.close(open)).flatten()?;
        Some(Span::new(open, close))
    }

    /// The test that follows in a class, if others stand above: the first comment of a class speaks of all of it.
    fn next_test(&self, class: Option<u32>, after: u32, body: Span) -> Option<u32> {
        let own = |at: &usize| self.parents.get(*at).is_some_and(|parent| *parent == class);
        let at = self.tests.partition_point(|test| test.body.start < after);
        let from = class? as usize + 1;
        (from..at).rev().take(NEAR).find(own)?;
        let inside = |at: &usize| self.tests.get(*at).is_some_and(|test| body.contains(test.span));
        let is_test = |at: &usize| self.tests.get(*at).is_some_and(|test| test.kind == Kind::Test);
        (at..self.tests.len()).take(NEAR).take_while(inside).filter(own).find(is_test).and_then(|next| u32::try_from(next).ok())
    }
}
