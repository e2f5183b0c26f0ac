//! What collectors write down of calls and accounts, in the language they spoke; of no person or firm there is.

use super::rng::Rng;

/// Code of an outcome, language, and what is noted.
#[rustfmt::skip]
const CALLS: &[(&str, &str, &str)] = &[
    ("promised", "en", "Waits for a transfer from the head office, then pays."),
    ("promised", "en", "Spoke with the accountant, who needs a few days."),
    ("promised", "fr", "Attend un virement et paiera ce jour-là."),
    ("promised", "fr", "Paiera après la fin du mois, vu avec la comptable."),
    ("promised", "rw", "Ategereje amafaranga, azishyura uwo munsi."),
    ("promised", "rw", "Azishyura nyuma y'umunsi w'isoko."),
    ("says-paid", "en", "Says it was paid by transfer; will send the slip."),
    ("says-paid", "fr", "Dit avoir payé par virement ; enverra le bordereau."),
    ("says-paid", "rw", "Avuga ko yishyuye kuri banki; azohereza inyemezabwishyu."),
    ("inquiry", "en", "Asks for a copy of the invoice."),
    ("inquiry", "en", "Wants a statement of the account before paying."),
    ("inquiry", "fr", "Demande une copie de la facture."),
    ("inquiry", "fr", "Veut un relevé du compte avant de payer."),
    ("inquiry", "rw", "Arasaba kopi ya fagitire."),
    ("call-back", "en", "In a meeting; asked to be called back."),
    ("call-back", "fr", "En réunion, demande à être rappelé."),
    ("call-back", "rw", "Yari mu nama, yasabye ko namuhamagara nyuma."),
    ("refused", "en", "Will not pay before talking with our manager."),
    ("refused", "fr", "Refuse de payer avant d'avoir parlé au gérant."),
    ("refused", "rw", "Yanze kwishyura atabanje kuvugana n'umuyobozi wacu."),
    ("plan-asked", "en", "Asks to pay in three parts."),
    ("plan-asked", "fr", "Demande à payer en trois fois."),
    ("plan-asked", "rw", "Arasaba kwishyura mu byiciro bitatu."),
    ("left-message", "en", "Left word with the front desk."),
    ("left-message", "fr", "Message laissé à l'accueil."),
    ("left-message", "rw", "Nasize ubutumwa mu biro."),
];

/// Language, and what is worth knowing of an account.
#[rustfmt::skip]
const ACCOUNTS: &[(&str, &str)] = &[
    ("en", "Best reached before ten, when the shop is quiet."),
    ("en", "Invoices go to the accountant, not to the owner."),
    ("en", "They pay on Fridays only; a reminder on Wednesday is enough."),
    ("en", "The driver takes the signed delivery notes along; ask him first."),
    ("fr", "La comptable ne vient que le mardi et le jeudi."),
    ("fr", "Demandent toujours le relevé avant de payer."),
    ("fr", "Le gérant signe lui-même ; l'appeler l'après-midi."),
    ("rw", "Umucungamutungo aboneka mu gitondo gusa."),
    ("rw", "Bishyura nyuma y'umunsi w'isoko."),
    ("rw", "Nyir'iduka ni we usinya; umuhamagare nyuma ya saa sita."),
];

/// The note of a call with this outcome; empty where there is nothing to say.
pub fn of_call(rng: &mut Rng, outcome: &str, language: &str) -> &'static str {
    let of = |language: &str| -> Vec<&'static str> {
        CALLS
            .iter()
            .filter(|(code, spoken, _)| (*code, *spoken) == (outcome, language))
            .map(|(.., text)| *text)
            .collect()
    };
    one(rng, of(language), of("en"))
}

/// A note on an account.
pub fn of_account(rng: &mut Rng, language: &str) -> &'static str {
    let of = |language: &str| -> Vec<&'static str> {
        ACCOUNTS.iter().filter(|(spoken, _)| *spoken == language).map(|(_, text)| *text).collect()
    };
    one(rng, of(language), of("en"))
}

/// One of the first, or of the second where there are none.
fn one(rng: &mut Rng, first: Vec<&'static str>, second: Vec<&'static str>) -> &'static str {
    let all = if first.is_empty() { second } else { first };
    if all.is_empty() { "" } else { all[rng.place(all.len())] }
}
