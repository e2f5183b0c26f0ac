//! What the answer to a sale or refund means for its submission.

use receivables::billing::fiscal::Event;

use super::device::Device;
use super::pack::Pack;
use super::sale::Signed;

/// The event that an answer is. What cannot be read, or says done without a receipt, proves nothing: the counters decide.
/// The device names no field at fault but in the words of its message; the field stays open.
pub fn outcome(answer: &[u8], attempt: u32, device: &Device, pack: &Pack) -> Event {
    let Ok(answer) = super::read_answer::<Signed>(answer) else { return Event::Garbled { attempt } };
    match answer.data.and_then(|signed| signed.receipt(device, pack)) {
        Some(receipt) => Event::Signed { attempt, receipt },
        None => {
            let advice = pack.advice(&answer.code);
            Event::Answered { attempt, code: answer.code, advice, field: None }
        }
    }
}
