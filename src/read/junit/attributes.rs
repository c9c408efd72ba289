//! Attributes of one element.

use crate::read::xml::number;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

/// Attributes of an element that are read; real cases have about five.
const MAX_ATTRIBUTES: usize = 256;

/// The attributes of one element, in their order, with local names and decoded values.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// What can be read of the attributes, and what is wrong with the rest.
    pub(super) fn read(start: &BytesStart<'_>) -> (Self, Option<String>) {
        let mut read = Vec::new();
        let mut damage = None;
        for attribute in start.attributes() {
            if read.len() == MAX_ATTRIBUTES {
                damage = Some(format!("the element has more than {MAX_ATTRIBUTES} attributes"));
                break;
            }
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    damage = Some(format!("an attribute cannot be read: {error}"));
                    continue;
                }
            };
            // A value with an unknown entity is kept as it is written: better than none.
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value.into_owned(),
                Err(error) => {
                    damage = Some(format!("the value of an attribute cannot be read: {error}"));
                    attribute.value.into_owned()
                }
            };
            let name: &str = attribute.key.as_ref();
            read.push((super::local(name).to_owned(), value));
        }
        (Self(read), damage)
    }

    /// The value of the attribute with this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Removes the attribute with this name and returns its value.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(at).1)
    }

    /// A count; 0 where there is none, the text where it is no number.
    pub(super) fn number(&self, name: &str) -> Result<u64, &str> {
        self.get(name).map_or(Ok(0), |value| number(value).ok_or(value.trim()))
    }

    /// The attributes whose names are not among these.
    pub(super) fn others(self, known: &[&str]) -> Vec<(String, String)> {
        self.0.into_iter().filter(|(key, _)| !known.contains(&key.as_str())).collect()
    }
}
