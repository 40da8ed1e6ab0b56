using Flama.Torch.Archives;
using Flama.Torch.Code;
using Flama.Torch.Interpreting;
using Flama.Torch.Lowering;
using Flama.Torch.Programs;

namespace Flama.Torch.Scripts;

/// <summary>A method of the class that an archive holds an object of.</summary>
internal sealed class ScriptMethod(ScriptProgram program, Function function, IReadOnlyList<object?> examples)
    : ProgramMethod(function.Name, [.. function.Parameters.Skip(1).Select((parameter, i) => InputOf(parameter, i < examples.Count ? examples[i] : null))])
{
    /// <inheritdoc/>
    public override OutputLayout? Layout { get; } = LayoutOf(function.Returns);

    /// <inheritdoc/>
    public override TorchType FloatType => program.FloatType;

    /// <inheritdoc/>
    public override IReadOnlyList<long> Widths => program.Widths;

    /// <inheritdoc/>
    public override object? Lower(GraphWriter graph, object?[] arguments, CancellationToken cancellationToken)
    {
        ObjectReader reader = new(graph, program.Library);
        var self = (PythonObject)reader.Read(program.Root)!;
        List<Tensor> constants = [.. program.Constants.Select(constant => ConstantOf(graph, reader.Read(constant)))];
        Interpreter interpreter = new(graph, program.Library, constants, cancellationToken);

        // What is left out at the end keeps its default.
        var given = arguments.Length;
        while (given > 0 && arguments[given - 1] is null && function.Parameters[given].Default is not null)
        {
            given--;
        }

        return interpreter.Run(self, function.Name, arguments[..given]);
    }

    // Numbers that tracing captured stand there as tensors without dimensions.
    private static Tensor ConstantOf(GraphWriter graph, object? constant) => constant switch
    {
        Tensor { Rank: 0, Type: TorchType.Double, Value.Scalar: { } number } => graph.OfNumber(number, TorchType.Float, isNumber: true),
        Tensor { Rank: 0, Type: TorchType.Int64, Value.Scalar: { } number } => graph.OfNumber(number, TorchType.Int64, isNumber: true),
        Tensor tensor => tensor,
        _ => graph.OfNumber(0L, TorchType.Int64),
    };

    private static ProgramInput InputOf(Parameter parameter, object? example) =>
        InputOf(parameter.Name, parameter.Type, example) with { IsOptional = parameter.Default is not null || IsOptional(parameter.Type) };

    private static ProgramInput InputOf(string name, Expression? type, object? example)
    {
        switch (type)
        {
            case null or Expression.Name { Id: "Tensor" }:
                return example is StoredTensor stored
                    ? new(name, InputKind.Tensor) { Type = stored.Type, Example = stored.Shape }
                    : new(name, InputKind.Tensor);
            case Expression.Name { Id: "int" }:
                return new(name, InputKind.Integer);
            case Expression.Name { Id: "float" or "number" }:
                return new(name, InputKind.Float);
            case Expression.Name { Id: "bool" }:
                return new(name, InputKind.Boolean);
            case Expression.Name { Id: "str" }:
                return new(name, InputKind.Text);
            case Expression.Item { Target: Expression.Name { Id: "Optional" }, Index: var inner }:
                return InputOf(name, inner, example) with { IsOptional = true };
            case Expression.Item { Target: Expression.Name { Id: "List" }, Index: Expression.Name { Id: "Tensor" } }:
                return new(name, InputKind.TensorList);
            case Expression.Item { Target: Expression.Name { Id: "List" }, Index: Expression.Name { Id: "str" } }:
                return new(name, InputKind.TextList);
            case Expression.Item { Target: Expression.Name { Id: "Tuple" }, Index: var items }:
                var parts = items is Expression.Tuple tuple ? tuple.Items : [items];
                return new(name, InputKind.Tuple) { Parts = [.. parts.Select((part, i) => InputOf($"{name}.{i}", part, (example as Pickle.PickleTuple)?.Items.ElementAtOrDefault(i)))] };
            default:
                return new(name, InputKind.Other);
        }
    }

    private static bool IsOptional(Expression? type) => type is Expression.Item { Target: Expression.Name { Id: "Optional" } };

    private static OutputLayout? LayoutOf(Expression? type) => type switch
    {
        Expression.Name { Id: "Tensor" or "int" or "float" or "bool" or "str" } => new(OutputForm.Single, [OutputSpec.DefaultName]),
        Expression.Item { Target: Expression.Name { Id: "Tuple" }, Index: Expression.Tuple { Items: var items } } when items.All(static item => item is Expression.Name) =>
            new(OutputForm.List, [.. items.Select((_, i) => $"output_{i}")]),
        _ => null,
    };
}
