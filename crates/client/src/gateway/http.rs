//! The gateway for hyper, axum, and what else has the types of the crate `http`.

use super::{Body, Gateway, Reply, refuse};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Buf, Bytes, Frame, SizeHint};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode, Version};
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use trunkline_core::gateway::{Head, Refusal, check_head};

impl Gateway {
    /// As [`Gateway::answer`]. A body is read only where the head is in order, and no more of it than is allowed.
    pub async fn respond<B: HttpBody>(&self, request: Request<B>) -> Response<Sending> {
        let (parts, body) = request.into_parts();
        // HTTP/2 sends the parts of the target one by one; before it, a target with a host is meant for a proxy.
        let target = match parts.version {
            Version::HTTP_2 | Version::HTTP_3 => parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned(),
            _ => parts.uri.to_string(),
        };
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers: Vec<(String, String)> =
            parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let head = Head { method: parts.method.as_str(), target: &target, headers: &headers };
        let reply = match check_head(self.policy(), &head) {
            Err(refusal) => refuse(&refusal),
            Ok(()) => match self.read(body).await {
                Ok(body) => self.answer(&head, &body).await,
                Err(refusal) => refuse(&refusal.of_request(self.policy(), &head)),
            },
        };
        sending(reply)
    }

    /// One byte more than is allowed is enough to see that it is too much.
    async fn read<B: HttpBody>(&self, body: B) -> Result<Vec<u8>, Refusal> {
        let (limit, mut body, mut read) = (self.policy().body_limit, pin!(body), Vec::new());
        let reading = async {
            while read.len() <= limit {
                match body.frame().await {
                    // What is no data is trailers, which nobody reads.
                    Some(Ok(frame)) => frame.into_data().into_iter().for_each(|data| copy(data, &mut read)),
                    Some(Err(_)) => return Err(Refusal::broken_body()),
                    None => break,
                }
            }
            Ok(())
        };
        let reading = tokio::time::timeout(self.policy().body_timeout, reading);
        reading.await.map_err(|_| Refusal::late_body())??;
        Ok(read)
    }
}

fn copy(mut data: impl Buf, read: &mut Vec<u8>) {
    while data.has_remaining() {
        let chunk = data.chunk();
        read.extend_from_slice(chunk);
        data.advance(chunk.len());
    }
}

fn sending(reply: Reply) -> Response<Sending> {
    let mut response = Response::new(Sending(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        // Ours, and origins that were checked: all of them are sent.
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    response
}

/// The body of an answer, for servers.
pub struct Sending(Body);

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match &mut self.0 {
            Body::Whole(text) if text.is_empty() => return Poll::Ready(None),
            Body::Whole(text) => Some(std::mem::take(text)),
            Body::Lines(lines) => match lines.as_mut().poll_next(cx) {
                Poll::Ready(line) => line,
                Poll::Pending => return Poll::Pending,
            },
        };
        Poll::Ready(bytes.map(|text| Ok(Frame::data(Bytes::from(text)))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Body::Whole(text) if text.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Body::Whole(text) => SizeHint::with_exact(text.len() as u64),
            Body::Lines(_) => SizeHint::default(),
        }
    }
}
