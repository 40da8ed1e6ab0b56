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
        try
        {
            return Run(graph, arguments, cancellationToken);
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new FlamaException(ErrorCodes.LimitExceeded, "The PyTorch program nests too deep.", "Do not trust the file unless you know who made it.", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidCastException or ArgumentException or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            throw new FlamaException(ErrorCodes.InvalidModel, "The PyTorch program contradicts itself.", "Export the model again.", exception);
        }
    }

    private object? Run(GraphWriter graph, object?[] arguments, CancellationToken cancellationToken)
    {
        CheckSymbols(graph, arguments);
        Queue<object?> given = new();
        foreach (var argument in arguments)
        {
            Flatten(argument, given);
        }

        OperatorCaller caller = new(graph);
        GraphRunner runner = new(graph, caller, cancellationToken);
        var body = program.Module.GetProperty("graph");
        var specs = program.Module.GetProperty("signature").GetProperty("input_specs");
        var names = body.GetProperty("inputs");
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        for (var i = 0; i < specs.GetArrayLength(); i++)
        {
            var spec = specs[i].EnumerateObject().First();
            var content = spec.Value;
            switch (spec.Name)
            {
                case "user_input":
                    var name = NameOf(names[i]);
                    values[name] = given.Dequeue();
                    break;
                case "constant_input":
                    CheckConstant(caller, content, given.Dequeue());
                    break;
                case "parameter" or "buffer" or "tensor_constant":
                    var key = content.GetProperty($"{(spec.Name == "tensor_constant" ? "tensor_constant" : spec.Name)}_name").GetString()!;
                    values[content.GetProperty("arg").GetProperty("name").GetString()!] =
                        graph.Of(program.Tensors.GetValueOrDefault(key) ?? throw TorchErrors.Corrupt($"it has no weights '{SafeText.OneLine(key, 100)}'"));
                    break;
                default:
                    throw TorchErrors.Unsupported($"it takes a {SafeText.OneLine(spec.Name, 40)}");
            }
        }

        var results = runner.Run(body, values);
        Queue<object?> answers = new();
        var outputs = program.Module.GetProperty("signature").GetProperty("output_specs");
        for (var i = 0; i < outputs.GetArrayLength() && i < results.Count; i++)
        {
            if (outputs[i].TryGetProperty("user_output", out _))
            {
                answers.Enqueue(results[i]);
            }
        }

        return signature.Structured(answers, graph.Scope);
    }

    private static string NameOf(JsonElement input)
    {
        var content = input.EnumerateObject().First();
        return content.Value.ValueKind == JsonValueKind.Object && (content.Value.TryGetProperty("name", out var name) || content.Value.TryGetProperty("as_name", out name)) ? name.GetString()! : "";
    }

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
        var value = spec.GetProperty("value").EnumerateObject().First();
        object? expected = value.Name switch
        {
            "as_int" => value.Value.GetInt64(),
            "as_float" => value.Value.GetDouble(),
            "as_bool" => value.Value.GetBoolean(),
            "as_string" => value.Value.GetString(),
            _ => null,
        };
        if (given is null || expected is null)
        {
            return;
        }

        if (!(given is string || expected is string ? Equals(given, expected) : caller.Known(given, "an input") == SymMath.ToDouble(expected)))
        {
            throw TorchErrors.Input($"The input '{SafeText.OneLine(spec.GetProperty("name").GetString()!, 60)}' was {expected} when the program was exported, and can be nothing else.");
        }
    }

    // Lengths of the same symbol are equal.
    private void CheckSymbols(GraphWriter graph, object?[] arguments)
    {
        Queue<object?> leaves = new();
        foreach (var argument in arguments)
        {
            Flatten(argument, leaves);
        }

        Dictionary<string, (string Name, int Dimension, object Length)> seen = new(StringComparer.Ordinal);
        foreach (var input in Inputs.SelectMany(static input => input.Arrays()))
        {
            if (leaves.Dequeue() is not Tensor tensor || !signature.Symbols.TryGetValue(input.Name, out var symbols))
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
