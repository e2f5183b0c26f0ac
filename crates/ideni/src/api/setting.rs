//! What the company decides for itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Day, Line, Prose};
use crate::actions::setting::{self, Given};

endpoints! { "settings"
    /// Every setting as it stands today.
    read Get "/settings" Read list() -> Settings;
    /// Decides a setting, from today or from a day to come.
    /// What guards the books needs a reason, and an administrator.
    write Post "/settings/{name}" SettingSet set(body NewValue) -> SettingNow;
}

#[derive(Serialize, JsonSchema)]
struct Settings {
    rows: Vec<SettingNow>,
}

#[derive(Serialize, JsonSchema)]
struct SettingNow {
    name: &'static str,
    value: String,
    /// Since when; `null` while nobody has said anything.
    since: Option<Day>,
    /// What it will be, and from which day.
    coming: Option<String>,
    coming_on: Option<Day>,
    default: &'static str,
}

impl From<setting::Shown> for SettingNow {
    fn from(s: setting::Shown) -> SettingNow {
        SettingNow {
            name: s.row.name,
            value: s.value,
            since: s.since.map(Day),
            coming_on: s.coming.as_ref().map(|(_, on)| Day(*on)),
            coming: s.coming.map(|(value, _)| value),
            default: s.row.default,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewValue {
    value: Line<0, 200>,
    /// The day from which it counts; today if left out.
    from: Option<Day>,
    reason: Option<Prose<500>>,
    /// What it was when it was read: where somebody changed it since, nothing is written.
    was: Option<Line<0, 200>>,
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Settings, Error> {
    let all = setting::list(tx, ask.actor(), ask.today())?;
    Ok(Settings { rows: all.into_iter().map(SettingNow::from).collect() })
}

fn set(tx: &mut Tx<'_>, ask: &Ask, new: &NewValue) -> Result<SettingNow, Error> {
    let name = ask.path("name");
    let given = Given {
        name: name.to_owned(),
        value: new.value.text(),
        from: new.from.map(|Day(on)| on),
        reason: new.reason.as_ref().map(Prose::text).unwrap_or_default(),
        was: new.was.as_ref().map(Line::text),
    };
    setting::set(tx, ask.actor(), ask.today(), &given, None)?;
    let all = setting::list(tx, ask.actor(), ask.today())?;
    let found = all.into_iter().find(|shown| shown.row.name == name).map(SettingNow::from);
    found.ok_or_else(|| Error::Failed(format!("the setting {name} was saved and is not there")))
}
