using System.Collections.Immutable;
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

    // Types that came and were refused, with those that the same values were taken as.
    private ImmutableDictionary<string, ElementType?[]> taken = ImmutableDictionary<string, ElementType?[]>.Empty;

    /// <summary>Lowers for examples where the program tells them, so that what cannot be served is refused when it is loaded.</summary>
    public void Prepare(CancellationToken cancellationToken)
    {
        if (arrays.GroupBy(static input => input.Name, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            throw TorchErrors.Corrupt($"'{SafeText.OneLine(program.Name, 60)}' takes two inputs of the name '{SafeText.OneLine(twice.Key, 60)}'");
        }

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

        // Other numbers of dimensions may come where the program does not fix them.
        var hasShapes = Array.TrueForAll(arrays, static input => input.IsStatic || input.Shape is not null);
        IReadOnlyList<OutputSpec> outputs =
        [
            .. layout.Names.Select((output, i) => new OutputSpec(output, known?.Outputs[i].Type ?? ElementType.Mixed, hasShapes ? known?.ShapeOf(i) : null)),
        ];
        return new(name, new TensorsSpec([.. arrays.Select(SpecOf)]), outputs, (TensorInputs inputs, in InvokeOptions options) => Invoke(inputs, options), layout.Form);
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

        return Find(given) is { } graph ? graph.Run(given, options) : Lower(given, options);
    }

    private TensorSpec SpecOf(ProgramInput input, int index) =>
        (guessed is null || input.Type is not null ? input : input with { Type = guessed[index] }).ToSpec() with { IsTypeOpen = TypeTrials.IsOpen(input) };

    private ModelOutput Lower(ModelArray?[] given, in InvokeOptions options)
    {
        List<ModelTensor> made = [];
        try
        {
            var key = TypesOf(given);
            if (taken.TryGetValue(key, out var types) && TypeTrials.Cast(given, types, made) is { } known)
            {
                return (Find(known) ?? Add(known, options.CancellationToken)).Run(known, options);
            }

            try
            {
                return Add(given, options.CancellationToken).Run(given, options);
            }
            catch (FlamaException) when (Array.Exists(arrays, TypeTrials.IsOpen) && RunAs(given, key, made, options) is { } answer)
            {
                return answer;
            }
        }
        finally
        {
            made.ForEach(static tensor => tensor.Dispose());
        }
    }

    // Where some types were taken already, those alone: lowering takes time.
    private ModelOutput? RunAs(ModelArray?[] given, string key, List<ModelTensor> made, in InvokeOptions options)
    {
        var floats = Archives.TorchTypes.ToElementType(program.FloatType);
        var others = graphs.Length == 0 ? TypeTrials.Others(arrays, given, floats) : graphs.Select(static graph => graph.Types).DistinctBy(static types => string.Join(',', types), StringComparer.Ordinal);
        foreach (var types in others)
        {
            if (TypeTrials.Cast(given, types, made) is not { } other || TypesOf(other) == key)
            {
                continue;
            }

            try
            {
                var answer = (Find(other) ?? Add(other, options.CancellationToken)).Run(other, options);
                ImmutableInterlocked.TryAdd(ref taken, key, types);
                return answer;
            }
            catch (FlamaException)
            {
                // The first failure is the one to tell.
            }
        }

        return null;
    }

    private static string TypesOf(ModelArray?[] given) => string.Join(',', given.Select(static array => array?.Type));

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
