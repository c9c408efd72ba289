//! Letters for methods of verification, as a document explains them: `| A | Automated test |`, `| R | Review |`.

use super::Reader;
use crate::model::vocabulary;
use crate::read::markdown::inline;
use crate::read::table::Grid;
use crate::source::Spanned;

/// A letter or two, and the method that they stand for.
pub(super) type Legend = Vec<(String, String)>;

impl Reader<'_> {
    /// Notes what a table says of letters for methods; every row of such a table explains one.
    pub(super) fn explain_letters(&mut self, grid: &Grid) {
        let letters = |cell: &str| (1..=3).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_uppercase());
        let explained = grid.rows.iter().map(|row| {
            let cell = |at: usize| inline::plain(row.cell(self.text, at));
            let (code, meaning) = (cell(0), cell(1));
            let method = letters(&code) && meaning.len() > 3 && vocabulary::stated_methods(&meaning).is_some();
            method.then_some((code, meaning))
        });
        if let Some(legend) = explained.collect::<Option<Legend>>().filter(|legend| legend.len() > 1) {
            self.legend = legend;
        }
    }

    /// Writes out the letters of the rows and requirements that were read since.
    pub(super) fn spell_methods(&mut self, rows: usize, definitions: usize) {
        if self.legend.is_empty() {
            return;
        }
        let (legend, facts) = (&self.legend, &mut self.facts);
        let rows = facts.rows.iter_mut().skip(rows).filter_map(|row| row.method.as_mut());
        let definitions = facts.definitions.iter_mut().skip(definitions).filter_map(|one| one.method.as_mut());
        rows.chain(definitions).for_each(|method| spell(legend, method));
    }
}

/// `A, R` as "Automated test, Review", if the legend knows all of it.
fn spell(legend: &Legend, method: &mut Spanned) {
    let letters = method.text.split([',', '/', ' ', '+', '&', ';']).filter(|part| !part.is_empty());
    let meant = |part: &str| legend.iter().find(|(code, _)| code == part).map(|(_, meaning)| meaning.as_str());
    if let Some(spelled) = letters.map(meant).collect::<Option<Vec<&str>>>().filter(|spelled| !spelled.is_empty()) {
        method.text = spelled.join(", ");
    }
}
