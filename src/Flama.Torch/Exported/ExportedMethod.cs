using System.Text.Json;
using Flama.Torch.Lowering;
using Flama.Torch.Operators;
using Flama.Torch.Programs;

namespace Flama.Torch.Exported;

/// <summary>The only method of an exported program.</summary>
internal sealed class ExportedMethod(ExportedProgram program, ExportedSignature signature) : ProgramMethod("forward", signature.Inputs)
{
    /// <inheritdoc/>
    public override object? Lower(GraphWriter graph, object?[] arguments, CancellationToken cancellationToken)
    {
        CheckSymbols(graph, arguments);
        Queue<object?> given = LeavesOf(arguments);
        GraphRunner runner = new(graph, cancellationToken);
        var body = program.Module.Field("graph");
        var specs = program.Module.Field("signature").Field("input_specs").Items();
        var names = body.Field("inputs").Items();
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        for (var i = 0; i < specs.Count; i++)
        {
            var spec = specs[i].Only();
            var content = spec.Value;
            switch (spec.Key)
            {
                case "user_input":
                    var name = NameOf(i < names.Count ? names[i] : throw JsonFields.Problem("it takes more than its graph"));
                    values[name] = Next(given);
                    break;
                case "constant_input":
                    CheckConstant(runner.Caller, content, Next(given));
                    break;
                case "parameter" or "buffer" or "tensor_constant":
                    var key = content.Field($"{spec.Key}_name").Text();
                    values[content.Field("arg").Field("name").Text()] =
                        graph.Of(program.Tensors.GetValueOrDefault(key) ?? throw TorchErrors.Corrupt($"it has no weights '{SafeText.OneLine(key, 100)}'"));
                    break;
                default:
                    throw TorchErrors.Unsupported($"it takes a {SafeText.OneLine(spec.Key, 40)}");
            }
        }

        var results = runner.Run(body, values);
        Queue<object?> answers = new();
        var outputs = program.Module.Field("signature").Field("output_specs").Items();
        for (var i = 0; i < outputs.Count && i < results.Count; i++)
        {
            if (outputs[i].Has("user_output"))
            {
                answers.Enqueue(results[i]);
            }
        }

        return signature.Structured(answers, graph.Scope);
    }

    private static string NameOf(JsonElement input)
    {
        var content = input.Only();
        return content.Value.ValueKind == JsonValueKind.Object && (content.Value.Has("name", out var name) || content.Value.Has("as_name", out name)) ? name.Text() : "";
    }

    private static Queue<object?> LeavesOf(object?[] arguments)
    {
        Queue<object?> leaves = new();
        foreach (var argument in arguments)
        {
            Flatten(argument, leaves);
        }

        return leaves;
    }

    private static IEnumerable<ProgramInput> Leaves(ProgramInput input) => input.Kind is InputKind.Tuple or InputKind.Dict ? input.Parts.SelectMany(Leaves) : [input];

    private static object? Next(Queue<object?> leaves) => leaves.TryDequeue(out var leaf) ? leaf : throw JsonFields.Problem("it takes more than its signature");

    private static void Flatten(object? argument, Queue<object?> leaves)
    {
        switch (argument)
        {
            case PythonTuple tuple:
                foreach (var item in tuple.Items)
                {
                    Flatten(item, leaves);
                }

                break;
            case PythonDict dict:
                foreach (var item in dict.Items.Values)
                {
                    Flatten(item, leaves);
                }

                break;
            default:
                leaves.Enqueue(argument);
                break;
        }
    }

    // A constant of the export has to be what it was then; one that is left out is.
    private static void CheckConstant(OperatorCaller caller, JsonElement spec, object? given)
    {
        var value = spec.Field("value").Only();
        object? expected = value.Key switch
        {
            "as_int" => value.Value.Whole(),
            "as_float" => value.Value.Number(),
            "as_bool" => value.Value.Truth(),
            "as_string" => value.Value.TextOrNull(),
            _ => null,
        };
        if (given is null || expected is null)
        {
            return;
        }

        if (!(given is string || expected is string ? Equals(given, expected) : caller.Known(given, "an input") == SymMath.ToDouble(expected)))
        {
            throw TorchErrors.Input($"The input '{SafeText.OneLine(spec.Field("name").Text(), 60)}' was {expected} when the program was exported, and can be nothing else.");
        }
    }

    // Lengths of the same symbol are equal.
    private void CheckSymbols(GraphWriter graph, object?[] arguments)
    {
        Queue<object?> leaves = LeavesOf(arguments);
        Dictionary<string, (string Name, int Dimension, object Length)> seen = new(StringComparer.Ordinal);
        foreach (var input in Inputs.SelectMany(Leaves))
        {
            if (Next(leaves) is not Tensor tensor || !signature.Symbols.TryGetValue(input.Name, out var symbols))
            {
                continue;
            }

            for (var i = 0; i < symbols.Length; i++)
            {
                if (symbols[i] is not { } symbol)
                {
                    continue;
                }

                if (!seen.TryGetValue(symbol, out var other))
                {
                    seen[symbol] = (input.Name, i, tensor.Shape[i]);
                }
                else if (SymMath.Apply("eq", other.Length, tensor.Shape[i]) is Sym equal && !(bool)graph.Guards.Decide(equal))
                {
                    throw TorchErrors.Input($"Dimension {i} of the input '{input.Name}' has to be as long as dimension {other.Dimension} of '{other.Name}'.");
                }
            }
        }
    }
}
