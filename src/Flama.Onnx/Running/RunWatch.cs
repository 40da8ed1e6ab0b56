using System.Diagnostics;
using Flama.Onnx.Interop;

namespace Flama.Onnx.Running;

/// <summary>Ends a run that was cancelled, takes too long or grows without bound. For one run.</summary>
/// <remarks>ONNX Runtime looks between the nodes of a graph, and of each round of a loop, whether it is to end.</remarks>
internal sealed class RunWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Limits? limits;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly long before;
    private readonly Lock ending = new();
    private readonly CancellationTokenRegistration cancellation;
    private readonly Timer? timer;
    private nint options;
    private volatile FlamaException? failure;

    /// <summary>Begins to watch a run.</summary>
    /// <param name="limits">The limits of a graph with loops; null for others.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public RunWatch(Limits? limits, CancellationToken cancellationToken)
    {
        this.limits = limits;
        before = limits?.Arena.Bytes ?? 0;
        options = Ort.CreateRunOptions();
        cancellation = cancellationToken.UnsafeRegister(static watch => ((RunWatch)watch!).End(), this);
        if (limits is not null)
        {
            timer = new Timer(static watch => ((RunWatch)watch!).Look(), this, Interval, Interval);
        }
    }

    /// <summary>What the run is given.</summary>
    public nint Options => options;

    /// <summary>Why the run was ended; null when it was not, or by its caller.</summary>
    public FlamaException? Failure => failure;

    // A look that has begun ends first: afterwards the session, with its arena, may be gone.
    public void Dispose()
    {
        timer?.Dispose();
        cancellation.Dispose();
        lock (ending)
        {
            Ort.ReleaseRunOptions(options);
            options = 0;
        }
    }

    private void Look()
    {
        lock (ending)
        {
            if (options == 0 || failure is not null)
            {
                return;
            }

            failure = FindFailure();
            if (failure is not null)
            {
                Ort.RunOptionsSetTerminate(options);
            }
        }
    }

    private FlamaException? FindFailure()
    {
        if (Stopwatch.GetElapsedTime(started) > limits!.Time)
        {
            return new(ErrorCodes.TimedOut, $"The model's loops took more than {limits.Time.TotalSeconds:G4} seconds.", $"Raise {nameof(OnnxOptions)}.{nameof(OnnxOptions.MaxLoopTime)} if you trust the model.");
        }

        if (limits.Arena.Bytes - before > limits.Bytes)
        {
            return new(ErrorCodes.LimitExceeded, $"The model's loops grew beyond {limits.Bytes} bytes.", $"Raise {nameof(OnnxOptions)}.{nameof(OnnxOptions.MaxLoopBytes)} if you trust the model.");
        }

        return null;
    }

    private void End()
    {
        lock (ending)
        {
            if (options != 0)
            {
                Ort.RunOptionsSetTerminate(options);
            }
        }
    }

    /// <summary>The limits of a run.</summary>
    /// <param name="Time">How long it may take.</param>
    /// <param name="Bytes">By how much the use of the arena may grow meanwhile.</param>
    /// <param name="Arena">Tells that.</param>
    public sealed record Limits(TimeSpan Time, long Bytes, ArenaUse Arena);
}
