using Flama.Keras.Graphs;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>Writes a signature of a SavedModel, or a frozen graph, as a graph of ONNX.</summary>
internal static class SavedModelLowering
{
    private const string Usual = "serving_default";
    private const string Classify = "tensorflow/serving/classify";
    private const string Regress = "tensorflow/serving/regress";
    private const int MaxSignatures = 32;

    /// <summary>Writes a SavedModel.</summary>
    public static LoweredModel LowerSaved(ModelSource source)
    {
        var graph = SavedGraph.ReadSavedModel(source.Payload.ReadAll(), source.Name);
        MemoryBudget budget = new(source.Payload.Length);
        var checkpoint = Checkpoint.Read(source, budget);
        var keys = KeysOf(graph);
        GraphTensor Variable(string name) => checkpoint.ReadTensor(keys.TryGetValue(name, out var key) ? key : KeyOf(graph, checkpoint, name));
        ReadOnlyMemory<byte>? Asset(string name) => source.FindSideFile($"assets/{name}")?.Content.ReadAll();
        var signature = SignatureOf(graph);
        return Lower(graph, signature, Variable, budget, Asset) with { Others = OthersOf(source, graph, signature, other => Lower(graph, other, Variable, new MemoryBudget(source.Payload.Length), Asset)) };
    }

    /// <summary>Writes a frozen graph.</summary>
    public static LoweredModel LowerGraph(ModelSource source)
    {
        var graph = SavedGraph.ReadGraph(source.Payload.ReadAll(), source.Name);
        return Lower(graph, SignatureOf(graph), name => throw KerasErrors.Invalid($"the graph has the variable '{name}' and no values for it"), new MemoryBudget(source.Payload.Length)) with { ClassName = "GraphDef" };
    }

    private static LoweredModel Lower(SavedGraph graph, GraphSignature signature, Func<string, GraphTensor> variable, MemoryBudget budget, Func<string, ReadOnlyMemory<byte>?>? asset = null)
    {
        Lowering g = new(new OnnxGraphBuilder(), budget);
        List<TensorSpec> inputs = [];
        Dictionary<string, Value> given = new(StringComparer.Ordinal);
        foreach (var input in signature.Inputs)
        {
            var type = input.Type ?? throw KerasErrors.Unsupported(input.Key, "takes what no tensor is");
            var shape = input.Shape ?? throw KerasErrors.Unsupported(input.Key, "takes tensors of any rank");
            given[GraphFrame.NodeOf(input.Tensor)] = g.Input(input.Key, type, shape);
            inputs.Add(new TensorSpec(input.Key, OnnxElementTypes.ToElementType(type)!.Value, Shape(shape)));
        }

        GraphLowering lowering = new(graph, g, variable, new GraphTables(graph, asset ?? (_ => null)));
        var results = lowering.Main([.. signature.Outputs.Select(output => output.Tensor)], given);
        List<OutputSpec> outputs = [];
        for (var i = 0; i < results.Count; i++)
        {
            var shape = Shape(results[i].Shape);
            g.Output($"{signature.Outputs[i].Key} out", results[i], shape);
            outputs.Add(new OutputSpec(signature.Outputs[i].Key, OnnxElementTypes.ToElementType(results[i].Type)!.Value, shape));
        }

        return new(g, inputs, outputs, "tensorflow", "", "SavedModel");
    }

    // serving_default, or the only one there is. Of estimators serving_default is often a form of TensorFlow Serving's own (classify, regress), and predict what the model computes.
    private static GraphSignature SignatureOf(SavedGraph graph)
    {
        if (graph.Signatures.TryGetValue(Usual, out var usual) && usual.Outputs.Count > 0)
        {
            return usual.Method is Classify or Regress && graph.Signatures.TryGetValue(ModelMethod.Predict, out var predict) && predict.Outputs.Count > 0 ? predict : usual;
        }

        string[] names = [.. graph.Signatures.Where(pair => pair.Value.Outputs.Count > 0 && !pair.Key.StartsWith("__", StringComparison.Ordinal)).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        return names switch
        {
            [var only] => graph.Signatures[only],
            [] => throw new FlamaException(ErrorCodes.UnsupportedFormat, "The SavedModel has no signature to serve.", "Export the model for inference: model.export('model')."),
            _ => throw new FlamaException(
                ErrorCodes.UnsupportedFormat, $"The SavedModel has several signatures ({SafeText.OneLine(string.Join(", ", names), 200)}), and none of them is {Usual}.", $"Save it with the one to serve: tf.saved_model.save(model, 'model', signatures={{'{Usual}': …}})."),
        };
    }

    // The other signatures, each a method under its own name; what cannot be lowered, or be the name of a method, is left out.
    private static IEnumerable<(string Name, LoweredModel Lowered)> OthersOf(ModelSource source, SavedGraph graph, GraphSignature main, Func<GraphSignature, LoweredModel> lower)
    {
        List<GraphSignature> seen = [main];
        foreach (var (name, signature) in graph.Signatures.OrderBy(pair => pair.Key == Usual).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxSignatures))
        {
            if (signature.Outputs.Count == 0 || !IsMethodName(name) || seen.Exists(signature.IsSameAs))
            {
                continue;
            }

            seen.Add(signature);
            LoweredModel lowered;
            try
            {
                lowered = KerasErrors.Guard(source.Name, () => lower(signature));
            }
            catch (FlamaException)
            {
                continue;
            }

            yield return (name, lowered);
        }
    }

    private static bool IsMethodName(string name) =>
        name is not ModelMethod.Predict and { Length: > 0 and <= 100 } && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static Dimension[] Shape(long[] shape) => [.. shape.Select((length, i) => length >= 0 ? length : i == 0 ? Dimension.Rows : Dimension.Any)];

    // The function that restores variables tells which name of the checkpoint each has.
    private static Dictionary<string, string> KeysOf(SavedGraph graph)
    {
        Dictionary<string, string> keys = new(StringComparer.Ordinal);
        if (!graph.Nodes.TryGetValue(GraphFrame.NodeOf(graph.RestoreNode), out var restore) || !graph.Functions.TryGetValue(restore.Function("f"), out var function))
        {
            return keys;
        }

        var arguments = function.Arguments.Select((argument, i) => (argument, i)).ToLookup(pair => pair.argument, pair => pair.i, StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<string>> lists = new(StringComparer.Ordinal);
        foreach (var assign in function.Nodes.Values.Where(node => node.Op == "AssignVariableOp" && node.Inputs.Count == 2))
        {
            var argument = arguments[GraphFrame.NodeOf(assign.Inputs[0])].DefaultIfEmpty(-1).First();
            var from = assign.Inputs[1];
            for (var i = 0; i < 16 && function.Nodes.TryGetValue(GraphFrame.NodeOf(from), out var step) && step.Op == "Identity" && step.Inputs.Count > 0; i++)
            {
                from = step.Inputs[0];
            }

            if (argument < 0 || argument >= restore.Inputs.Count || !function.Nodes.TryGetValue(GraphFrame.NodeOf(from), out var read) || read.Op != "RestoreV2" || read.Inputs.Count < 2
                || !function.Nodes.TryGetValue(GraphFrame.NodeOf(read.Inputs[1]), out var names))
            {
                continue;
            }

            var index = from.Split(':') is [.., var last] && int.TryParse(last, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (!lists.TryGetValue(names.Name, out var list))
            {
                list = lists[names.Name] = names.Tensor("value")?.Texts ?? [];
            }

            if (index >= 0 && index < list.Count)
            {
                keys[GraphFrame.NodeOf(restore.Inputs[argument])] = list[index];
            }
        }

        AddCopies(graph, keys);
        return keys;
    }

    // tf.saved_model.save of a model of Keras 3 restores copies, each of which is made right after the variable that it is of.
    private static void AddCopies(SavedGraph graph, Dictionary<string, string> keys)
    {
        GraphNode[] handles = [.. graph.Nodes.Values.Where(node => node.Op == "VarHandleOp")];
        for (var i = 0; i + 1 < handles.Length; i++)
        {
            var (own, copy) = (handles[i], handles[i + 1]);
            if (!keys.ContainsKey(own.Name) && copy.Name.StartsWith("Variable", StringComparison.Ordinal) && keys.TryGetValue(copy.Name, out var key)
                && own.Type("dtype") == copy.Type("dtype") && own.Shape("shape") is { } shape && copy.Shape("shape") is { } other && shape.SequenceEqual(other))
            {
                keys[own.Name] = key;
            }
        }
    }

    // Files of TensorFlow 1 have the variable's own name.
    private static string KeyOf(SavedGraph graph, Checkpoint checkpoint, string name) =>
        graph.Nodes.TryGetValue(name, out var node) && node.Text("shared_name") is { Length: > 0 } shared && checkpoint.Has(shared) ? shared : name;
}
