using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;
using Flama.Onnx.Interop;
using Flama.Onnx.Repairs;
using Flama.Onnx.Running;
using Flama.Onnx.Signatures;
using Flama.Onnx.Trials;

namespace Flama.Onnx;

/// <summary>Loads ONNX models and runs them with ONNX Runtime. Loading never runs code that a file brings, and opens no file but the model's own.</summary>
/// <remarks>
/// A graph is checked here before ONNX Runtime sees it: its encoding, its size with its functions, cycles, loops without an end, where its weights are.
/// Stateless and thread-safe. The native library is loaded with the first model.
/// </remarks>
/// <param name="options">How models are loaded and run; null for the defaults.</param>
public sealed class OnnxEngine(OnnxOptions? options = null) : IModelEngine
{
    private readonly OnnxOptions options = options ?? OnnxOptions.Default;

    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.Onnx;
    }

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var bytes = source.Payload.ReadAll();
        return Load(OnnxProgram.Read(bytes, source.Name, this.options.Limits), bytes, source, options);
    }

    /// <summary>Loads a graph that was made in memory, for engines of other formats that lower to ONNX.</summary>
    /// <param name="program">The graph.</param>
    /// <param name="source">Where it came from: its name, its metadata, the files of its weights where they are not in the graph.</param>
    /// <param name="options">How to load it.</param>
    /// <exception cref="FlamaException">The graph is not sound.</exception>
    public Model Load(OnnxProgram program, ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return Load(program, program.ToBytes(), source, options);
    }

    private OnnxModel Load(OnnxProgram program, ReadOnlyMemory<byte> bytes, ModelSource source, LoadOptions loading)
    {
        loading.CancellationToken.ThrowIfCancellationRequested();
        GraphCheck.Check(program, source.Name, options.Limits);
        var files = ExternalFiles.Find(program, source);
        if (options.Trial is { } trial && trial.IsNeeded?.Invoke() != false)
        {
            TrialWatch.Check(trial, options, source.Name, bytes, [.. files.Values.Distinct()], loading.CancellationToken);
        }

        var signature = OnnxSignature.Of(program, source.Name);
        var description = OnnxDescription.Of(program, source, bytes.Span);
        if (SplitRepair.Replace(program) | KernelGuard.Add(program))
        {
            bytes = program.ToBytes();
        }

        loading.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new OnnxModel(CreateSession(program, bytes, files, signature), signature, program, description, source.PredictMethod == RowsView.AllOutputs);
        }
        catch (OrtException failure)
        {
            throw Refusal(source, failure);
        }
    }

    private OnnxSession CreateSession(OnnxProgram program, ReadOnlyMemory<byte> bytes, IReadOnlyDictionary<string, SideFile> files, OnnxSignature signature)
    {
        var plan = SessionPlan.Of(program);
        try
        {
            return OnnxSession.Create(bytes, files, plan, signature.Inputs, signature.Outputs, options);
        }
        catch (OrtException failure) when (LocaleRepair.Applies(failure) && LocaleRepair.Replace(program))
        {
            return OnnxSession.Create(program.ToBytes(), files, plan, signature.Inputs, signature.Outputs, options);
        }
    }

    private static FlamaException Refusal(ModelSource source, OrtException failure)
    {
        var why = OrtMessage.Clean(failure.Message);
        return failure.Error == OrtError.NotImplemented || why.Contains("No Op registered", StringComparison.Ordinal) || why.Contains("NOT_IMPLEMENTED", StringComparison.Ordinal)
            || why.Contains("is not a registered function/op", StringComparison.Ordinal) || why.Contains("Unsupported model IR version", StringComparison.Ordinal)
            || why.Contains("is under development and support", StringComparison.Ordinal)
            ? new FlamaException(
                ErrorCodes.UnsupportedFormat,
                $"'{source.Name}' uses what ONNX Runtime does not have: {why}.",
                "Export the model for an operator set that is released, without custom operators.",
                failure)
            : new FlamaException(ErrorCodes.InvalidModel, $"'{source.Name}' is not a model that ONNX Runtime can load: {why}.", "Export the model again.", failure);
    }
}
