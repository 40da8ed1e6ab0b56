using Flama.Onnx.Graphs;
using Flama.Torch.Interpreting;
using Flama.Torch.Programs;

namespace Flama.Torch;

/// <summary>A method with the graphs that it was lowered to: one for each combination of types, numbers of dimensions and decisions. Thread-safe.</summary>
/// <param name="program">The method of the program.</param>
/// <param name="name">What callers call it.</param>
/// <param name="load">Makes a model of a graph.</param>
/// <param name="gate">Held while any method of the program is lowered.</param>
internal sealed class TorchMethod(ProgramMethod program, string name, Func<OnnxProgram, Model> load, Lock gate) : IDisposable
{
    // A program that decides by every length is lowered for each; the oldest graph goes.
    private const int MostGraphs = 64;

    private readonly ProgramInput[] arrays = [.. program.Inputs.SelectMany(static input => input.Arrays())];
    private volatile LoweredGraph[] graphs = [];
    private Archives.TorchType[]? guessed;

    /// <summary>Lowers for examples where the program tells them, so that what cannot be served is refused when it is loaded.</summary>
    public void Prepare(CancellationToken cancellationToken)
    {
        if (Array.TrueForAll(arrays, static input => input is { Type: not null, Example: not null } || (input.IsOptional && input.Kind != InputKind.Tensor)))
        {
            Add([.. arrays.Select(static input => input.Type is { } type ? InputPattern.OfTensor(type, input.Example!, input.Shape) : InputPattern.Missing)], cancellationToken);
        }
        else
        {
            guessed = InputGuess.Find(program, arrays, cancellationToken);
        }
    }

    public TensorMethod ToMethod()
    {
        var known = graphs.Length > 0 ? graphs[0] : null;
        var layout = known?.Layout ?? program.Layout ?? new OutputLayout(OutputForm.Single, [OutputSpec.DefaultName]);
        IReadOnlyList<OutputSpec> outputs =
        [
            .. layout.Names.Select((output, i) => new OutputSpec(output, known?.Outputs[i].Type ?? ElementType.Mixed, known?.ShapeOf(i))),
        ];
        return new(name, new TensorsSpec([.. arrays.Select((input, i) => (guessed is null || input.Type is not null ? input : input with { Type = guessed[i] }).ToSpec())]), outputs, (TensorInputs inputs, in InvokeOptions options) => Invoke(inputs, options), layout.Form);
    }

    public void Dispose()
    {
        foreach (var graph in graphs)
        {
            graph.Dispose();
        }

        graphs = [];
    }

    private ModelOutput Invoke(TensorInputs inputs, in InvokeOptions options)
    {
        var given = new ModelArray?[arrays.Length];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = inputs.FindArray(arrays[i].Name);
        }

        return (Find(given) ?? Add(given, options.CancellationToken)).Run(given, options);
    }

    private LoweredGraph? Find(ModelArray?[] given)
    {
        foreach (var graph in graphs)
        {
            if (graph.Fits(given))
            {
                return graph;
            }
        }

        return null;
    }

    private LoweredGraph Add(ModelArray?[] given, CancellationToken cancellationToken)
    {
        InputPattern[] patterns = [.. arrays.Select((input, i) => InputPattern.Of(input, given[i]))];
        lock (gate)
        {
            return Find(given) ?? Add(patterns, cancellationToken);
        }
    }

    private LoweredGraph Add(InputPattern[] patterns, CancellationToken cancellationToken)
    {
        LoweredGraph graph;
        try
        {
            graph = LoweredGraph.Of(program, patterns, load, cancellationToken);
        }
        catch (ProgramRaisedException raised)
        {
            throw TorchErrors.Input($"The model refuses the input: {SafeText.OneLine(raised.Message, 200)}");
        }

        var kept = graphs;
        if (kept.Length == MostGraphs)
        {
            kept[0].Dispose();
            kept = kept[1..];
        }

        graphs = [.. kept, graph];
        return graph;
    }

}
