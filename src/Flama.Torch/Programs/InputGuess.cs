using System.Diagnostics;
using Flama.Torch.Archives;
using Flama.Torch.Interpreting;
using Flama.Torch.Lowering;

namespace Flama.Torch.Programs;

/// <summary>
/// Finds the types of inputs that a program does not tell, by lowering it for likely ones: so that numbers in JSON become what it takes, and an operator that is not known is refused when the
/// program is loaded. Shapes stay open.
/// </summary>
internal static class InputGuess
{
    private const int MostTrials = 64;
    private const int MostWidths = 4;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    /// <summary>The types of the arrays, in order; null where no likely input is taken.</summary>
    /// <exception cref="FlamaException">The program has an operator that is not known.</exception>
    public static TorchType[]? Find(ProgramMethod program, IReadOnlyList<ProgramInput> arrays, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(MostTime);
        FlamaException? refusal = null;
        var trials = 0;
        foreach (var types in Types(arrays, program.FloatType))
        {
            foreach (var shape in Shapes(program.Widths))
            {
                if (trials++ == MostTrials || watch.Elapsed > MostTime)
                {
                    return null;
                }

                GraphWriter graph = new();
                try
                {
                    LoweredGraph.Write(graph, program, [.. arrays.Select((input, i) => PatternOf(input, types[i], shape))], late.Token);
                    return types;
                }
                catch (FlamaException exception) when (exception.Code == ErrorCodes.LimitExceeded)
                {
                    // Another one would take as long: the first call tells.
                    return null;
                }
                catch (FlamaException exception)
                {
                    refusal = graph.LacksOperator ? exception : refusal;
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    return null;
                }
                catch (ProgramRaisedException)
                {
                    // It takes something else.
                }
            }
        }

        return refusal is null ? null : throw refusal;
    }

    // All numbers with fractions, all whole, then one of them whole, then one of truth values.
    private static IEnumerable<TorchType[]> Types(IReadOnlyList<ProgramInput> arrays, TorchType floats)
    {
        yield return [.. arrays.Select(_ => floats)];
        yield return [.. arrays.Select(static _ => TorchType.Int64)];
        for (var whole = 0; whole < arrays.Count && arrays.Count > 1; whole++)
        {
            yield return [.. arrays.Select((_, i) => i == whole ? TorchType.Int64 : floats)];
            yield return [.. arrays.Select((_, i) => i == whole ? floats : TorchType.Int64)];
        }

        for (var mask = 0; mask < arrays.Count && arrays.Count > 1; mask++)
        {
            yield return [.. arrays.Select((_, i) => i == mask ? TorchType.Bool : floats)];
        }
    }

    private static IEnumerable<long[]> Shapes(IReadOnlyList<long> widths)
    {
        foreach (var width in widths.Take(MostWidths).DefaultIfEmpty(4))
        {
            yield return [2, width];
            yield return [2, width, 32, 32];
            yield return [2, 6, width];
            yield return [2, width, 16];
        }

        yield return [2, 6];
        yield return [4];
    }

    private static InputPattern PatternOf(ProgramInput input, TorchType type, long[] shape) => input.Kind switch
    {
        InputKind.Integer => InputPattern.OfValue(2L),
        InputKind.Float => InputPattern.OfValue(1.0),
        InputKind.Boolean => InputPattern.OfValue(false),
        InputKind.Text => InputPattern.OfValue(""),
        InputKind.TextList => InputPattern.OfValue(Array.Empty<string?>()),
        _ when input.IsOptional && input.Example is null => InputPattern.Missing,
        _ => InputPattern.OfTensor(input.Type ?? type, input.Example ?? shape, input.Shape),
    };
}
