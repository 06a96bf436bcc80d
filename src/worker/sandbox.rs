//! The sandbox that a worker puts itself into, and the levels that a system allows; and the wider one
//! of another program (`launch`), which reads its own files and nothing else.
//!
//! Three guards, each useful alone: limits on memory, time and files; Landlock (no file system,
//! no TCP, no signals to others); seccomp (some thirty system calls, and reading and writing on
//! the three standard descriptors alone). A guard that the kernel lacks is left out and said so.

use std::fmt;

/// What a worker could confine itself with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sandbox {
    /// The Landlock version of the kernel that is in force; 0 where it is not.
    pub landlock_abi: u8,
    /// Whether only the listed system calls work.
    pub seccomp: bool,
    /// Whether memory, time and files are limited.
    pub limits: bool,
}

/// How far a worker is confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not at all: another process, and no more.
    None,
    /// Memory, time and files are limited.
    Limits,
    /// The limits, and either Landlock or seccomp.
    Partial,
    /// The limits, Landlock and seccomp.
    Full,
}

impl Sandbox {
    /// Returns how far this confines.
    pub const fn level(self) -> Level {
        match (self.limits, self.landlock_abi > 0, self.seccomp) {
            (false, ..) => Level::None,
            (true, false, false) => Level::Limits,
            (true, true, true) => Level::Full,
            (true, ..) => Level::Partial,
        }
    }
}

impl fmt::Display for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let landlock =
            (self.landlock_abi > 0).then(|| format!("Landlock (ABI {})", self.landlock_abi));
        let parts: Vec<String> = landlock
            .into_iter()
            .chain(self.seccomp.then(|| "seccomp".to_owned()))
            .chain(self.limits.then(|| "limits".to_owned()))
            .collect();
        match self.level() {
            Level::None => f.write_str("none"),
            Level::Full => f.write_str(&parts.join(" + ")),
            _ => write!(f, "{} only", parts.join(" + ")),
        }
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::{confine, confine_other, forbid_calls};

/// Limits the process; to be called before anything else, with one thread running.
#[cfg(not(target_os = "linux"))]
pub(super) fn confine(cpu_seconds: u64) -> Sandbox {
    Sandbox { limits: limits::set(&limits::of_worker(cpu_seconds)), ..Sandbox::default() }
}

/// Limits the process, which is about to become another program.
#[cfg(not(target_os = "linux"))]
pub(super) fn confine_other(_readable: &[std::path::PathBuf]) -> Sandbox {
    Sandbox { limits: limits::set(&limits::OTHER), ..Sandbox::default() }
}

/// There is no seccomp here.
#[cfg(not(target_os = "linux"))]
pub(super) fn forbid_calls() -> bool {
    false
}

mod limits {
    use rlimit::Resource;

    /// Address space of a worker in bytes.
    const ADDRESS_SPACE: u64 = 1 << 30;

    /// Open files; those that came with the process stay.
    const FILES: u64 = 16;

    /// Returns the limits of a worker.
    pub(super) const fn of_worker(cpu_seconds: u64) -> [(Resource, u64); 5] {
        [
            (Resource::AS, ADDRESS_SPACE),
            (Resource::CPU, cpu_seconds),
            (Resource::CORE, 0),
            (Resource::FSIZE, 0),
            (Resource::NOFILE, FILES),
        ]
    }

    /// The limits of another program: one page of OCR, and the libraries that it opens.
    pub(super) const OTHER: [(Resource, u64); 5] = [
        (Resource::AS, 3 << 30),
        (Resource::CPU, 120),
        (Resource::CORE, 0),
        (Resource::FSIZE, 0),
        (Resource::NOFILE, 64),
    ];

    /// Sets the limits, soft and hard alike, so that they cannot be raised again.
    pub(super) fn set(limits: &[(Resource, u64)]) -> bool {
        let set = |&(resource, most): &(Resource, u64)| {
            // The soft limit of time comes first: its signal tells why, the hard one's does not.
            let hard = if resource == Resource::CPU { most + 5 } else { most };
            let (_, now) = resource.get().unwrap_or((most, hard));
            resource.set(most.min(now), hard.min(now)).is_ok()
        };
        // Every limit is set, also behind one that could not be.
        limits.iter().map(set).filter(|done| !done).count() == 0
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr as _,
        RulesetCreatedAttr as _, RulesetStatus, Scope, path_beneath_rules,
    };
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen as Len, SeccompCmpOp as Is, SeccompCondition,
        SeccompFilter, SeccompRule,
    };

    use super::{Sandbox, limits};

    /// Limits the process and takes the file system and the network away from it.
    ///
    /// To be called before anything else, with one thread running: threads begun later inherit it.
    pub(in crate::worker) fn confine(cpu_seconds: u64) -> Sandbox {
        use rustix::process::{Signal, set_parent_process_death_signal};

        // Each of these may fail where the kernel is old; what holds is reported, not assumed.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        let _ = rustix::thread::set_no_new_privs(true);
        let landlock_abi = landlock(&[]).unwrap_or(0);
        let limits = limits::set(&limits::of_worker(cpu_seconds));
        Sandbox { landlock_abi, seccomp: false, limits }
    }

    /// Confines the process, which is about to become another program: it keeps the reading of
    /// `readable`, and what programs do that neither write nor talk to anybody.
    pub(in crate::worker) fn confine_other(readable: &[PathBuf]) -> Sandbox {
        use rustix::process::{Signal, set_parent_process_death_signal};

        let _ = set_parent_process_death_signal(Some(Signal::KILL));
        let _ = rustix::thread::set_no_new_privs(true);
        let landlock_abi = landlock(readable).unwrap_or(0);
        let limits = limits::set(&limits::OTHER);
        let seccomp = denials().is_some_and(|program| seccompiler::apply_filter(&program).is_ok());
        Sandbox { landlock_abi, seccomp, limits }
    }

    /// Forbids every right that Landlock knows but the reading of `readable`, and returns its version.
    fn landlock(readable: &[PathBuf]) -> Option<u8> {
        // The newest rights we know of; those that the kernel does not know are left out.
        let abi = ABI::V6;
        let ruleset = Ruleset::default().handle_access(AccessFs::from_all(abi)).ok()?;
        let ruleset = ruleset.handle_access(AccessNet::from_all(abi)).ok()?;
        let ruleset = ruleset.scope(Scope::from_all(abi)).ok()?;
        // Reading, and running: a program is run by its loader, which lies among the libraries.
        let rules = path_beneath_rules(readable, AccessFs::from_read(abi));
        let status = ruleset.create().ok()?.add_rules(rules).ok()?.restrict_self().ok()?;
        if status.ruleset == RulesetStatus::NotEnforced {
            return None;
        }
        match status.landlock {
            LandlockStatus::Available { effective_abi, kernel_abi } => {
                let abi = kernel_abi.unwrap_or(effective_abi as i32);
                u8::try_from(abi).ok()
            }
            _ => None,
        }
    }

    /// Lets only the listed system calls through, for every thread; tells whether that worked.
    ///
    /// To be called when all threads have begun: none can be begun afterwards.
    pub(in crate::worker) fn forbid_calls() -> bool {
        let Some(program) = program() else { return false };
        seccompiler::apply_filter_all_threads(&program).is_ok()
    }

    fn program() -> Option<BpfProgram> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            FREE.iter().map(|call| (*call, Vec::new())).collect();
        let one = |conditions: Vec<SeccompCondition>| SeccompRule::new(conditions).ok();
        let arg = |n, is, value| SeccompCondition::new(n, Len::Dword, is, value).ok();
        // Descriptors that were left open by whoever started the program are of no use here.
        let stdin = || arg(0, Is::Eq, 0);
        rules.insert(libc::SYS_read, vec![one(vec![stdin()?])?]);
        for call in [libc::SYS_write, libc::SYS_writev] {
            let to = |fd| one(vec![arg(0, Is::Eq, fd)?]);
            rules.insert(call, vec![to(1)?, to(2)?]);
        }
        // Memory of nobody's file, never to be run.
        let exec = u64::from(libc::PROT_EXEC.unsigned_abs());
        let no_exec = || arg(2, Is::MaskedEq(exec), 0);
        let no_file = arg(4, Is::Eq, u64::from(u32::MAX))?;
        rules.insert(libc::SYS_mmap, vec![one(vec![no_exec()?, no_file])?]);
        rules.insert(libc::SYS_mprotect, vec![one(vec![no_exec()?])?]);
        // An abort is a signal to oneself.
        let own = u64::from(std::process::id());
        rules.insert(libc::SYS_tgkill, vec![one(vec![arg(0, Is::Eq, own)?])?]);
        let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let arch = std::env::consts::ARCH.try_into().ok()?;
        let filter = SeccompFilter::new(rules, denied, SeccompAction::Allow, arch).ok()?;
        filter.try_into().ok()
    }

    /// Forbids sockets of every kind, and what touches other processes or the kernel itself; all else
    /// is left, for nobody knows every call of a foreign program.
    fn denials() -> Option<BpfProgram> {
        let rules: BTreeMap<i64, Vec<SeccompRule>> =
            DENIED.iter().map(|call| (*call, Vec::new())).collect();
        let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let arch = std::env::consts::ARCH.try_into().ok()?;
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, denied, arch).ok()?;
        filter.try_into().ok()
    }

    /// The calls that no reader of pictures needs.
    const DENIED: [libc::c_long; 24] = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_getfd,
        libc::SYS_bpf,
        libc::SYS_io_uring_setup,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_pivot_root,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_delete_module,
        libc::SYS_kexec_load,
        libc::SYS_name_to_handle_at,
        libc::SYS_open_by_handle_at,
    ];

    /// The calls that are free whatever their arguments: memory, waiting, time, and the end.
    const FREE: [libc::c_long; 28] = [
        libc::SYS_brk,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_membarrier,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_getpid,
        libc::SYS_getppid,
        libc::SYS_gettid,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_restart_syscall,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_close,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_ppoll,
    ];
}
