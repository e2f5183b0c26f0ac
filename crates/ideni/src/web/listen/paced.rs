//! A body that must not come in more slowly than a bad line brings it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use tokio::time::{Sleep, sleep};

/// Each byte gives so many microseconds more: 2,000 bytes a second are the least.
const MICROS_PER_BYTE: u64 = 500;

/// The body of a request with the moment by which its next bytes must be there.
pub struct Paced {
    body: Incoming,
    late: Pin<Box<Sleep>>,
}

impl Paced {
    /// A body that may take so long, and longer for each byte that came.
    pub fn new(body: Incoming, grace: Duration) -> Paced {
        Paced { body, late: Box::pin(sleep(grace)) }
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.late.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into())));
        }
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            let bytes = frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
            let later = self.late.deadline() + Duration::from_micros(bytes.saturating_mul(MICROS_PER_BYTE));
            self.late.as_mut().reset(later);
        }
        frame.map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
