//! Messages of Rwanda's tax device (EBM): the VSDC at the taxpayer and the OSDC that the authority runs, and with them the
//! sister protocol of Kenya. Typed requests and answers, the arithmetic of a sale, the receipt as it is printed, and a
//! country's paths and result codes, read from `country/*/*.toml`. No network: bytes in, values out.
//!
//! Reading is lenient and loses nothing of the fields it knows: a message that was read and is written again says the same.
//! Writing is exact: documented order, CHAR and NUMBER lengths (a `Fault` names the field), local times.
//!
//! Sources: RRA VSDC API specification 1.0.5 (16 May 2023), OSDC API specification 1.0.1 (8 April 2022), and the technical
//! requirements for certified invoicing systems 1.0 (March 2018). Lengths and codes are likely, not certain: the
//! specification has misprints, and installations differ.

mod desk;
mod device;
mod envelope;
mod fault;
mod import;
mod item;
mod outcome;
mod pack;
mod purchase;
mod receipt;
mod sale;
mod stock;
mod sums;
mod wire;

use envelope::{Head, SellerFields};

pub use desk::{Customer, Insurer, User};
pub use device::{
    Branch, Branches, Class, Classes, Code, CodeClass, Codes, Device, Initialise, Initialised, LookUpTaxpayer, Notice,
    Notices, Since, Taxpayer, Taxpayers,
};
pub use fault::Fault;
pub use import::{Import, Imports, UpdateImport};
pub use item::{Composition, Item, Items, SaveItem};
pub use outcome::outcome;
pub use pack::{Identity, Letter, Pack, PackFault, Purpose};
pub use purchase::{PurchaseLine, Reported, ReportedLine, ReportedSales, SavePurchase};
pub use receipt::{Count, Label, Printed, Qr};
pub use sale::{Receipt, SaleLine, SaveSale, Signed, refund_reason};
pub use stock::{MoveLine, SaveBalance, SaveMove, StockMove, StockMoves};
pub use sums::{Discount, LetterSum, LineAmounts, LineSums, Priced, Scale, Sums};
pub use wire::Message;

/// More than the longest answer known, all item classes at once.
pub const BYTES_MAX: usize = 64 << 20;

/// Whose device it is: in the body of each request in Rwanda, in its headers in Kenya.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seller {
    pub tin: String,
    /// Two digits; `00` is the head office.
    pub branch: String,
    /// The key of initialisation, which the OSDC wants in every request.
    pub key: Option<String>,
}

/// A request, with its seller where its body names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<M> {
    pub seller: Option<Seller>,
    pub message: M,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<M> {
    /// Three digits in Rwanda; what to do about each is in the country's [`Pack`].
    pub code: String,
    pub message: Option<String>,
    /// As written, `yyyyMMddHHmmss`: an odd one must not hide a receipt.
    pub at: Option<String>,
    /// `None` where nothing was to be said, and always where the code is not success.
    pub data: Option<M>,
}

/// The data of an answer that only says whether it worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nothing;

impl Message for Nothing {
    fn from_object(_: &wire::Object) -> Result<Nothing, Fault> {
        Ok(Nothing)
    }

    fn write_fields(&self, _: &mut wire::Fields) -> Result<(), Fault> {
        Ok(())
    }
}

/// Whether a result code says that it worked: any number of zeros and nothing else, as the sister systems differ in it.
pub fn is_success(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b == b'0')
}

/// Reads a request.
pub fn read_request<M: Message>(bytes: &[u8]) -> Result<Request<M>, Fault> {
    let object = object(bytes)?;
    let SellerFields { tin, branch, key } = SellerFields::from_object(&object)?;
    let seller = tin.zip(branch).map(|(tin, branch)| Seller { tin, branch, key });
    Ok(Request { seller, message: M::from_object(&object)? })
}

/// Writes a request: its seller first.
pub fn write_request<M: Message>(request: &Request<M>) -> Result<String, Fault> {
    let mut out = wire::Fields::default();
    if let Some(Seller { tin, branch, key }) = request.seller.clone() {
        SellerFields { tin: Some(tin), branch: Some(branch), key }.write_fields(&mut out)?;
    }
    request.message.write_fields(&mut out)?;
    Ok(out.closed())
}

/// Reads an answer. The data of one that did not succeed are not looked at.
pub fn read_answer<M: Message>(bytes: &[u8]) -> Result<Answer<M>, Fault> {
    let object = object(bytes)?;
    let Head { code, message, at } = Head::from_object(&object)?;
    let data = if is_success(&code) { wire::Part::read(&object, &DATA)? } else { None };
    Ok(Answer { code, message, at, data })
}

/// Writes an answer.
pub fn write_answer<M: Message>(answer: &Answer<M>) -> Result<String, Fault> {
    let mut out = wire::Fields::default();
    let (code, message, at) = (answer.code.clone(), answer.message.clone(), answer.at.clone());
    Head { code, message, at }.write_fields(&mut out)?;
    wire::Part::write(&answer.data, &mut out, &DATA)?;
    Ok(out.closed())
}

const DATA: wire::Field<'static> = wire::Field { names: &["data"], ..wire::inner() };

fn object(bytes: &[u8]) -> Result<wire::Object, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(Fault::TooLarge { most: BYTES_MAX });
    }
    let text = String::from_utf8_lossy(bytes);
    wire::Object::read(text.trim_start_matches('\u{feff}'))
}
