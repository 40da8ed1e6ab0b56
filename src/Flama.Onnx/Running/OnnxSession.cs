using System.Runtime.CompilerServices;
using System.Text;
using Flama.Onnx.Interop;

namespace Flama.Onnx.Running;

/// <summary>A graph that ONNX Runtime has made ready. Thread-safe; what it holds is freed after its last run.</summary>
internal sealed unsafe class OnnxSession : IDisposable
{
    private const int MaxOnStack = 16;

    private readonly OrtEnvironment environment;
    private readonly OrtSessionHandle session;
    private readonly SessionPlan plan;
    private readonly RunWatch.Limits? limits;
    private readonly byte[][] names;
    private readonly OutputPlan outputs;
    private volatile bool bindsOutputs = true;

    private OnnxSession(
        OrtEnvironment environment, nint session, SessionPlan plan, RunWatch.Limits? limits, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<OutputSpec> outputs)
    {
        this.environment = environment;
        this.session = new OrtSessionHandle(session) { Beside = limits?.Arena };
        this.plan = plan;
        this.limits = limits;
        names = [.. inputs.Select(input => Terminated(input.Name)), .. outputs.Select(output => Terminated(output.Name))];
        this.outputs = new OutputPlan(inputs, outputs);
    }

    /// <summary>Makes a graph ready.</summary>
    /// <param name="model">The file's content, which is not needed afterwards.</param>
    /// <param name="files">The files of its constants by the name that it has for them.</param>
    /// <param name="plan">How it is run.</param>
    /// <param name="inputs">What it takes, in the order in which it is run.</param>
    /// <param name="outputs">What it answers.</param>
    /// <param name="options">Limits, and threads and memory where this is the first of the process.</param>
    /// <exception cref="OrtException">ONNX Runtime refuses it.</exception>
    public static OnnxSession Create(
        ReadOnlyMemory<byte> model,
        IReadOnlyDictionary<string, SideFile> files,
        SessionPlan plan,
        IReadOnlyList<TensorSpec> inputs,
        IReadOnlyList<OutputSpec> outputs,
        OnnxOptions options)
    {
        var shared = OrtEnvironment.Get(options);
        if (plan.IsLarge)
        {
            SharedThreads.Start();
        }

        using var content = new ExternalContent(files);
        nint made;
        try
        {
            made = Create(shared, model, content, plan, options);
        }
        catch (OrtException) when (plan.IsExact)
        {
            // The library's rewriting to exact sums fails on some graphs.
            made = Create(shared, model, content, plan with { IsExact = false }, options);
        }

        var limit = options.MaxLoopBytes + (8 * (model.Length + files.Values.Sum(file => file.Content.Length)));
        return new(shared, made, plan, plan.HasLoops ? new RunWatch.Limits(options.MaxLoopTime, limit, new ArenaUse(made)) : null, inputs, outputs);
    }

    /// <summary>Computes.</summary>
    /// <param name="inputs">An array per input of the graph, null where it is left out.</param>
    /// <param name="results">Takes an array per output; the caller disposes them.</param>
    /// <param name="cancellationToken">Ends the computation between nodes of a large graph.</param>
    /// <exception cref="OrtException">A node refuses what it is given.</exception>
    /// <exception cref="FlamaException">A loop was ended.</exception>
    public void Run(ReadOnlySpan<ModelArray?> inputs, Span<ModelArray> results, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isHeld = false;
        try
        {
            session.DangerousAddRef(ref isHeld);
            if (plan.HasLoops || (plan.IsLarge && cancellationToken.CanBeCanceled))
            {
                RunWatched(inputs, results, cancellationToken);
            }
            else
            {
                Compute(inputs, results, 0);
            }
        }
        finally
        {
            if (isHeld)
            {
                session.DangerousRelease();
            }
        }
    }

    public void Dispose() => session.Dispose();

    // While the session is held: the watch looks at its arena.
    private void RunWatched(ReadOnlySpan<ModelArray?> inputs, Span<ModelArray> results, CancellationToken cancellationToken)
    {
        using RunWatch watch = new(limits, cancellationToken);
        try
        {
            Compute(inputs, results, watch.Options);
        }
        catch (OrtException) when (watch.Failure is not null)
        {
            throw watch.Failure;
        }
        catch (OrtException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    // Some exporters write shapes of outputs that the graph does not have: then the answer is taken as it comes, now and later.
    private void Compute(ReadOnlySpan<ModelArray?> inputs, Span<ModelArray> results, nint options)
    {
        if (!bindsOutputs || !outputs.CanBind)
        {
            Run(inputs, results, options, binds: false);
            return;
        }

        try
        {
            Run(inputs, results, options, binds: true);
        }
        catch (OrtException exception) when (exception.Message.Contains("shape", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("dimensions for output", StringComparison.Ordinal))
        {
            Run(inputs, results, options, binds: false);
            bindsOutputs = false;
        }
    }

    private void Run(ReadOnlySpan<ModelArray?> inputs, Span<ModelArray> results, nint options, bool binds)
    {
        var total = inputs.Length + results.Length;
        var values = total <= MaxOnStack ? stackalloc nint[total] : new nint[total];
        var pointers = total <= MaxOnStack ? stackalloc nint[total] : new nint[total];
        values.Clear();
        PinList pins = default;
        try
        {
            var given = 0;
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputs[i] is { } array and not MissingArray)
                {
                    pointers[given] = PlaceOf(i);
                    values[given++] = OrtValues.Create(array, environment, ref pins);
                }
            }

            for (var i = 0; i < results.Length; i++)
            {
                pointers[inputs.Length + i] = PlaceOf(inputs.Length + i);
            }

            if (binds)
            {
                outputs.Prepare(inputs, results);
            }

            var made = values[inputs.Length..];
            for (var i = 0; i < results.Length; i++)
            {
                made[i] = results[i] is { } bound ? OrtValues.Create(bound, environment, ref pins) : 0;
            }

            Run(options, values, pointers, given, inputs.Length);
            for (var i = 0; i < results.Length; i++)
            {
                results[i] ??= OrtValues.Read(made[i], environment, outputs.TypeOf(i));
            }
        }
        catch
        {
            foreach (var result in results)
            {
                result?.Dispose();
            }

            results.Clear();
            throw;
        }
        finally
        {
            foreach (var value in values)
            {
                if (value != 0)
                {
                    Ort.ReleaseValue(value);
                }
            }

            pins.Dispose();
        }
    }

    private void Run(nint options, Span<nint> values, Span<nint> pointers, int given, int firstOutput)
    {
        fixed (nint* all = values, texts = pointers)
        {
            Ort.Check(Ort.Run(
                session.DangerousGetHandle(),
                options,
                (byte**)texts,
                all,
                (nuint)given,
                (byte**)texts + firstOutput,
                (nuint)(values.Length - firstOutput),
                all + firstOutput));
        }
    }

    private static nint Create(OrtEnvironment shared, ReadOnlyMemory<byte> model, ExternalContent content, SessionPlan plan, OnnxOptions options)
    {
        var settings = SessionOptions.Create(plan, options.Limits, content);
        try
        {
            fixed (byte* bytes = model.Span)
            {
                return Ort.CreateSessionFromArray(shared.Handle, bytes, (nuint)model.Length, settings);
            }
        }
        finally
        {
            Ort.ReleaseSessionOptions(settings);
        }
    }

    private nint PlaceOf(int name) => (nint)Unsafe.AsPointer(ref names[name][0]);

    // Never moved: ONNX Runtime reads it at each run.
    private static byte[] Terminated(string name)
    {
        var pinned = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, pinned);
        return pinned;
    }
}
