using System.Collections.Immutable;
using Flama.Torch.Archives;
using Flama.Torch.Programs;

namespace Flama.Torch;

/// <summary>A method of a program, lowered for the inputs that come: once for each combination of types, numbers of dimensions and decisions. Thread-safe.</summary>
/// <param name="program">The method of the program.</param>
/// <param name="name">What callers call it.</param>
/// <param name="shelf">The graphs of all methods of the program.</param>
internal sealed class TorchMethod(ProgramMethod program, string name, GraphShelf shelf)
{
    private readonly ProgramInput[] arrays = program.Arrays;
    private LoweredGraph? prepared;
    private TorchType[]? guessed;

    // Types that came and were refused, with those that the same values were taken as.
    private ImmutableDictionary<string, ElementType?[]> taken = ImmutableDictionary<string, ElementType?[]>.Empty;

    /// <summary>Lowers for examples where the program tells them, so that what cannot be served is refused when it is loaded.</summary>
    public void Prepare(CancellationToken cancellationToken)
    {
        var hasExamples = Array.TrueForAll(arrays, static input => input.Example is not null || (input.IsOptional && input.Kind != InputKind.Tensor));
        if (!hasExamples || !Array.TrueForAll(arrays, static input => input.Type is not null || input.IsStatic))
        {
            guessed = InputGuess.Find(program, arrays, cancellationToken);
        }

        // Where shapes are known, the types that were found count, or the likeliest: then the failure is told now.
        if (hasExamples)
        {
            prepared = shelf.Prepare(program, [.. arrays.Select((input, i) => input.Example is { } example ? InputPattern.OfTensor(input.Type ?? guessed?[i] ?? program.FloatType, example, input.Shape) : InputPattern.Missing)], cancellationToken);

            // A shape that was told is of the type that it was lowered for.
            for (var i = 0; i < arrays.Length; i++)
            {
                arrays[i] = arrays[i] is { Type: null, Shape: not null, IsStatic: false } told ? told with { Type = guessed?[i] ?? program.FloatType } : arrays[i];
            }
        }
    }

    public TensorMethod ToMethod()
    {
        var layout = prepared?.Layout ?? program.Layout ?? new OutputLayout(OutputForm.Single, [OutputSpec.DefaultName]);

        // Other numbers of dimensions may come where the program does not fix them.
        var hasShapes = Array.TrueForAll(arrays, static input => input.IsStatic || input.Shape is not null);
        IReadOnlyList<OutputSpec> outputs =
        [
            .. layout.Names.Select((output, i) => new OutputSpec(output, prepared?.Outputs[i].Type ?? ElementType.Mixed, hasShapes ? prepared?.ShapeOf(i) : null)),
        ];
        return new(name, new TensorsSpec([.. arrays.Select(SpecOf)]), outputs, (TensorInputs given, in InvokeOptions options) => Invoke(given, options), layout.Form)
        {
            IsRowwise = prepared?.IsByExample == true,
        };
    }

    private TensorSpec SpecOf(ProgramInput input, int index) =>
        (guessed is null || input.Type is not null ? input : input with { Type = guessed[index] }).ToSpec() with { IsTypeOpen = TypeTrials.IsOpen(input) };

    private ModelOutput Invoke(TensorInputs inputs, in InvokeOptions options)
    {
        var given = new ModelArray?[arrays.Length];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = inputs.FindArray(arrays[i].Name);
        }

        return shelf.Find(program, given) is { } graph ? Run(graph, given, options) : Lower(given, options);
    }

    private static ModelOutput Run(LoweredGraph graph, ModelArray?[] given, in InvokeOptions options)
    {
        try
        {
            return graph.Run(given, options);
        }
        finally
        {
            graph.Release();
        }
    }

    private ModelOutput Lower(ModelArray?[] given, in InvokeOptions options)
    {
        List<ModelTensor> made = [];
        try
        {
            var key = TypesOf(given);
            if (taken.TryGetValue(key, out var types) && TypeTrials.Cast(given, types, made) is { } known)
            {
                return Run(shelf.Take(program, known, options.CancellationToken), known, options);
            }

            try
            {
                return Run(shelf.Take(program, given, options.CancellationToken), given, options);
            }
            catch (FlamaException failure) when (failure.Code != ErrorCodes.LimitExceeded && Array.Exists(arrays, TypeTrials.IsOpen))
            {
                // Not within the filter, which runs while what it is about still holds the shelf.
                if (RunAs(given, key, made, options) is { } answer)
                {
                    return answer;
                }

                throw;
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
        var known = shelf.TypesOf(program);
        foreach (var types in known.Count == 0 ? TypeTrials.Others(arrays, given, TorchTypes.ToElementType(program.FloatType)) : known)
        {
            if (TypeTrials.Cast(given, types, made) is not { } other || TypesOf(other) == key)
            {
                continue;
            }

            try
            {
                var answer = Run(shelf.Take(program, other, options.CancellationToken), other, options);
                ImmutableInterlocked.TryAdd(ref taken, key, types);
                return answer;
            }
            catch (FlamaException failure) when (failure.Code != ErrorCodes.LimitExceeded)
            {
                // The first failure is the one to tell.
            }
        }

        return null;
    }

    private static string TypesOf(ModelArray?[] given) => string.Join(',', given.Select(static array => array?.Type));
}
