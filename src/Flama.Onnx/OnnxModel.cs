using Flama.Onnx.Graphs;
using Flama.Onnx.Interop;
using Flama.Onnx.Repairs;
using Flama.Onnx.Running;
using Flama.Onnx.Signatures;

namespace Flama.Onnx;

/// <summary>A graph with the methods that it has.</summary>
internal sealed class OnnxModel : Model
{
    private const string Infer = "infer";

    private readonly OnnxSession session;
    private readonly OnnxSignature signature;
    private readonly string[] outputNames;

    public OnnxModel(OnnxSession session, OnnxSignature signature, OnnxProgram program, ModelMetadata metadata, bool hasAllOutputs)
    {
        this.session = session;
        this.signature = signature;
        Metadata = metadata;
        outputNames = [.. signature.Outputs.Select(output => output.Name)];
        if (RowsView.Of(program, signature) is { } rows)
        {
            Methods = [.. rows.MethodsOver(Compute, hasAllOutputs), Tensors(Infer)];
            Classes = rows.Classes;
        }
        else
        {
            Methods = [Tensors(ModelMethod.Predict)];
        }
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes { get; } = [];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        session.Dispose();
        base.Dispose(disposing);
    }

    private TensorMethod Tensors(string name) => new(
        name, new TensorsSpec(signature.Inputs), [.. signature.Outputs.Select(RowArrays.Loosen)], (TensorInputs inputs, in InvokeOptions options) => Invoke(inputs, options))
    {
        IsRowwise = signature.IsByExample,
    };

    private ModelOutput Invoke(TensorInputs inputs, in InvokeOptions options)
    {
        var arrays = new ModelArray?[signature.Inputs.Count];
        var known = 0;
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = inputs.FindArray(signature.Inputs[i].Name);
            known += arrays[i] is null ? 0 : 1;
        }

        if (known < inputs.Count)
        {
            throw InputFit.Unknown(signature.Inputs, inputs);
        }

        var results = Compute(arrays, options.CancellationToken);
        return results.Length == 1 ? ModelOutput.Of(results[0]) : ModelOutput.Named(outputNames, results);
    }

    private ModelArray[] Compute(ModelArray?[] inputs, CancellationToken cancellationToken)
    {
        InputFit.Check(signature.Inputs, inputs);
        var results = new ModelArray[outputNames.Length];
        try
        {
            session.Run(inputs, results, cancellationToken);
            return results;
        }
        catch (OrtException failure)
        {
            throw Refusal(failure);
        }
    }

    // What a node refuses came in with the request, as far as can be told: the graph was checked before.
    private static FlamaException Refusal(OrtException failure)
    {
        var why = KernelGuard.Explain(failure.Message) ?? OrtMessage.Clean(failure.Message);
        return why.Contains("Failed to allocate", StringComparison.OrdinalIgnoreCase) || why.Contains("bad_alloc", StringComparison.Ordinal) || why.Contains("Available memory of", StringComparison.Ordinal)
            ? new FlamaException(ErrorCodes.InputTooLarge, $"The model needs more memory for this input than it may use: {why}.", "Send less at once.", failure)
            : new FlamaException(ErrorCodes.InvalidInput, $"The model cannot compute this input: {why}.", "Compare the shapes and values with what the model was exported for.", failure);
    }
}
