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

    /// <summary>Lowers for examples where the program tells them, so that what cannot be served is refused when it is loaded.</summary>
    public void Prepare(CancellationToken cancellationToken)
    {
        if (Array.TrueForAll(arrays, static input => input is { Type: not null, Example: not null } || (input.IsOptional && input.Kind != InputKind.Tensor)))
        {
            prepared = shelf.Prepare(program, [.. arrays.Select(static input => input.Type is { } type ? InputPattern.OfTensor(type, input.Example!, input.Shape) : InputPattern.Missing)], cancellationToken);
        }
        else
        {
            guessed = InputGuess.Find(program, arrays, cancellationToken);
        }
    }

    public TensorMethod ToMethod()
    {
        var layout = prepared?.Layout ?? program.Layout ?? new OutputLayout(OutputForm.Single, [OutputSpec.DefaultName]);
        IReadOnlyList<OutputSpec> outputs =
        [
            .. layout.Names.Select((output, i) => new OutputSpec(output, prepared?.Outputs[i].Type ?? ElementType.Mixed, prepared?.ShapeOf(i))),
        ];
        TensorsSpec inputs = new([.. arrays.Select((input, i) => (guessed is null || input.Type is not null ? input : input with { Type = guessed[i] }).ToSpec())]);
        return new(name, inputs, outputs, (TensorInputs given, in InvokeOptions options) => Invoke(given, options), layout.Form);
    }

    private ModelOutput Invoke(TensorInputs inputs, in InvokeOptions options)
    {
        var given = new ModelArray?[arrays.Length];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = inputs.FindArray(arrays[i].Name);
        }

        var graph = shelf.Take(program, given, options.CancellationToken);
        try
        {
            return graph.Run(given, options);
        }
        finally
        {
            graph.Release();
        }
    }
}
