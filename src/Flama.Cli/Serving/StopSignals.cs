using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Flama.Cli.Serving;

/// <summary>Ctrl+C and the signals that ask a process to end: the first stops the server gracefully, the second at once.</summary>
internal sealed class StopSignals(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT })
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }
    }

    private void Stop(PosixSignalContext context)
    {
        // Without a cancel the runtime ends the process, which is what the second signal wants.
        context.Cancel = !lifetime.ApplicationStopping.IsCancellationRequested;
        lifetime.StopApplication();
    }
}
