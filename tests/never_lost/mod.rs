//! Never lose a franc: keys, crowds, random histories, two times, closed periods, backups.

mod backdated;
mod backup;
mod crowds;
mod histories;
mod keys;
mod periods;
mod simulation;
mod two_times;
