using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Memory;
using Flama.Hosting.Predictions;
using Microsoft.Extensions.Hosting;

namespace Flama.AspNetCore.Streaming;

/// <summary>What every stream of an application shares.</summary>
internal sealed class StreamServices(
    FlamaHttpOptions options, PooledBuffers buffers, ErrorResponder errors, MemoryBudget memory, IHostApplicationLifetime lifetime, PredictionWatch? watch)
{
    public WebSocketStreamOptions Options { get; } = options.WebSockets;

    /// <summary>The longest line in bytes.</summary>
    public long MaxLineBytes { get; } = options.MaxRequestBodyBytes;

    /// <summary>The largest WebSocket message in bytes.</summary>
    public long MaxMessageBytes => Options.MaxMessageBytes ?? MaxLineBytes;

    /// <summary>Records the parts; null for not.</summary>
    public PredictionWatch? Watch => watch;

    public required ModelGates Gates { get; init; }

    /// <summary>The most rows and values of a part; null for any number.</summary>
    public InputLimit? InputLimit { get; init; }

    public PooledBuffers Buffers => buffers;

    public ErrorResponder Errors => errors;

    public MemoryBudget Memory => memory;

    /// <summary>Signals that the application stops: streams end after the rows at hand.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;
}
