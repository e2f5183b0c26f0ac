//! Two people changed one record: what both saw, what the other made of it, and what this one wanted.

/// One field in three versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: String,
    /// What both began with.
    pub common: String,
    /// As the other left it.
    pub theirs: String,
    pub mine: String,
}

impl Difference {
    /// Both changed it, and not to the same: a person decides. Else the one that changed it is meant.
    pub fn clashes(&self) -> bool {
        self.theirs != self.common && self.mine != self.common && self.theirs != self.mine
    }

    /// What is meant where nothing clashes; where it does, what this one wanted.
    pub fn meant(&self) -> &str {
        if self.mine == self.common { &self.theirs } else { &self.mine }
    }
}

/// A record as its fields with their values, in one order.
pub type Fields = Vec<(&'static str, String)>;

/// The fields in which the versions differ.
pub fn differences(common: &Fields, theirs: &Fields, mine: &Fields) -> Vec<Difference> {
    let all = common.iter().zip(theirs).zip(mine).map(|(((field, common), (_, theirs)), (_, mine))| Difference {
        field: (*field).to_owned(),
        common: common.clone(),
        theirs: theirs.clone(),
        mine: mine.clone(),
    });
    all.filter(|d| d.theirs != d.common || d.mine != d.common).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_changed_is_meant_and_what_both_changed_clashes() {
        let fields = |name: &str, tin: &str, email: &str, phone: &str| -> Fields {
            [("name", name), ("tin", tin), ("email", email), ("phone", phone)].map(|(f, v)| (f, v.to_owned())).into()
        };
        let common = fields("Ineza", "1", "", "9");
        let found = differences(&common, &fields("Ineza Ltd", "2", "", "9"), &fields("Ineza Shop", "1", "a@b.rw", "9"));
        let told: Vec<_> = found.iter().map(|d| (d.field.as_str(), d.clashes(), d.meant())).collect();
        assert_eq!(told, [("name", true, "Ineza Shop"), ("tin", false, "2"), ("email", false, "a@b.rw")]);
        let agreed = differences(&common, &fields("X", "1", "", "9"), &fields("X", "1", "", "9"));
        assert!(!agreed[0].clashes());
    }
}
