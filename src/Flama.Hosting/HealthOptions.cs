using System.Net;

namespace Flama.Hosting;

/// <summary>Where health is answered beside the application's own endpoints.</summary>
public sealed class HealthOptions
{
    /// <summary>
    /// The TCP port of a listener that answers <c>/health</c>, <c>/health/live</c>, <c>/health/ready</c> and <c>/health/startup</c> over plain HTTP, on a thread
    /// of its own: also while every thread of the pool computes, and in applications without a web server. 0 takes any free one, which the log names.
    /// Null (default) for no such listener.
    /// </summary>
    public int? Port { get; set; }

    /// <summary>The address of that listener. Default 127.0.0.1; probes from outside of the machine need <see cref="IPAddress.Any"/>.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;
}
