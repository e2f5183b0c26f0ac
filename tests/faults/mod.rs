//! Faults from outside: the program killed, the server killed, the power cut, the disk full. What was acknowledged on
//! the far side of a pipe is there, once; what was not is safe to ask for again under its key.

mod child;
mod disk;
mod killed;
mod run;
mod server;
