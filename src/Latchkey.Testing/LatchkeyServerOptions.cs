using Latchkey.CloudApi;
using Latchkey.LoginServer;
using Latchkey.LoginServer.DeliberateFaults;
using Microsoft.Extensions.Logging;

namespace Latchkey.Testing;

/// <summary>What a test may want otherwise.</summary>
public sealed class LatchkeyServerOptions
{
    /// <summary>The clock both servers read. Give a fake one to make codes and tokens expire without waiting.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Changes the login server's options, lifetimes say. The issuer is set already.</summary>
    public Action<LoginServerOptions> LoginServer { get; set; } = _ => { };

    /// <summary>How long the simulated cloud takes over things.</summary>
    public SimulatedDurations Durations { get; set; } = new();

    /// <summary>What goes wrong on purpose: <c>o.DeliberateFaults.Faults.Add(DeliberateFault.Deny)</c>. Nothing when left alone.</summary>
    public DeliberateFaultSettings DeliberateFaults { get; } = new();

    /// <summary>Where logs go; nowhere when left alone.</summary>
    public Action<ILoggingBuilder> Logging { get; set; } = _ => { };
}
