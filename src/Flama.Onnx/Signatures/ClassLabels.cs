using System.Runtime.InteropServices;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Signatures;

/// <summary>The classes of a classifier in a graph, in the order of its probabilities. Immutable.</summary>
internal sealed class ClassLabels
{
    private readonly Dictionary<Scalar, int> places;

    private ClassLabels(IReadOnlyList<Scalar> labels)
    {
        Set = new LabelSet(labels);
        places = labels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => pair.i);
    }

    /// <summary>The labels.</summary>
    public LabelSet Set { get; }

    /// <summary>Finds the classes of a graph that answers a label and scores; null where the scores are not a class's each.</summary>
    public static ClassLabels? Find(OnnxProgram program, OutputSpec label, OutputSpec scores)
    {
        var found = OfZipMap(program, scores) ?? OfNodes(program, label);
        return found is { Count: > 1 } && found.Distinct().Count() == found.Count && Fits(found, label, scores) ? new(found) : null;
    }

    /// <summary>Makes the labels of rows.</summary>
    /// <exception cref="FlamaException">The graph answered a label that is not among its classes, or not one per row (<see cref="ErrorCodes.InvalidModel"/>).</exception>
    public PredictionBatch ToBatch(ModelTensor tensor, int rows)
    {
        if (tensor.Count != rows)
        {
            throw Odd($"{tensor.Count} labels for {rows} rows");
        }

        var made = PredictionBatch.RentUninitialized(PredictionKind.Label, rows, [], [Set]);
        var values = made.WritableValues;
        for (var i = 0; i < rows; i++)
        {
            var label = tensor.Type switch
            {
                ElementType.String => Scalar.Of(tensor.Texts[i]!),
                ElementType.Int32 => Scalar.Of((long)tensor.Elements<int>()[i]),
                _ => Scalar.Of(tensor.Elements<long>()[i]),
            };
            if (!places.TryGetValue(label, out var place))
            {
                made.Dispose();
                throw Odd($"the label '{SafeText.OneLine(label.ToString(), 100)}', which is not among its classes");
            }

            values[i] = place;
        }

        return made;
    }

    /// <summary>Makes the probabilities of rows: a tensor's, or those of a map per row.</summary>
    /// <exception cref="FlamaException">The graph answered other ones than its classes' (<see cref="ErrorCodes.InvalidModel"/>).</exception>
    public PredictionBatch ToProbabilities(ModelArray array, int rows)
    {
        var made = PredictionBatch.RentMatrix(PredictionKind.Float, rows, Set.Count);
        try
        {
            switch (array)
            {
                case ModelTensor tensor when tensor.Count == rows * Set.Count:
                    RowArrays.Widen(tensor, made.WritableValues);
                    return made;
                case ModelSequence sequence when sequence.Items.Count == rows:
                    for (var row = 0; row < rows; row++)
                    {
                        Fill((ModelMap)sequence.Items[row], made.WritableValues.Slice(row * Set.Count, Set.Count));
                    }

                    return made;
                default:
                    throw Odd($"[{string.Join(", ", array.Shape)}] probabilities for {rows} rows of {Set.Count} classes");
            }
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private void Fill(ModelMap map, Span<double> row)
    {
        Span<double> values = stackalloc double[64];
        values = map.Keys.Count <= values.Length ? values[..map.Keys.Count] : new double[map.Keys.Count];
        RowArrays.Widen(map.Values, values);
        for (var i = 0; i < values.Length; i++)
        {
            row[places.TryGetValue(map.Keys[i], out var place) ? place : throw Odd($"the label '{SafeText.OneLine(map.Keys[i].ToString(), 100)}', which is not among its classes")] = values[i];
        }
    }

    private static bool Fits(List<Scalar> labels, OutputSpec label, OutputSpec scores) =>
        labels.TrueForAll(one => (one.Kind == ScalarKind.Text) == (label.Type == ElementType.String))
        && (scores.Shape is not [_, { Length: { } width }] || scores.Structure != ArrayStructure.Tensor || width == labels.Count);

    private static List<Scalar>? OfZipMap(OnnxProgram program, OutputSpec scores) =>
        program.Graph!.Nodes.FirstOrDefault(node => node.OperatorType == "ZipMap" && node.Outputs.Contains(scores.Name, StringComparer.Ordinal)) is { } zip ? OfAttributes(zip) : null;

    // Back from the label to who made it: a classifier, or a choice among constants by position.
    private static List<Scalar>? OfNodes(OnnxProgram program, OutputSpec label)
    {
        var makers = program.Graph!.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node)))
            .Where(pair => pair.output.Length > 0).ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var constants = program.Graph.Initializers.GroupBy(tensor => tensor.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<string> values = new([label.Name]);
        while (values.TryDequeue(out var value))
        {
            if (!seen.Add(value) || !makers.TryGetValue(value, out var node))
            {
                continue;
            }

            if (OfAttributes(node) is { } found)
            {
                return found;
            }

            if (node.OperatorType is "ArrayFeatureExtractor" or "Gather" && node.Inputs.Count > 0 && constants.TryGetValue(node.Inputs[0], out var classes))
            {
                return OfTensor(classes);
            }

            if (node.OperatorType is "Cast" or "Reshape" or "Identity" or "Squeeze" or "Flatten" or "Unsqueeze" or "Where" or "Transpose")
            {
                foreach (var input in node.Inputs)
                {
                    values.Enqueue(input);
                }
            }
        }

        return null;
    }

    private static List<Scalar>? OfAttributes(OnnxNode node)
    {
        foreach (var attribute in node.Attributes)
        {
            if (attribute.Name is "classlabels_strings" && attribute.ReadTexts() is { Count: > 0 } texts)
            {
                return [.. texts.Select(Scalar.Of)];
            }

            if (attribute.Name is "classlabels_ints" or "classlabels_int64s" && attribute.ReadIntegers() is { Count: > 0 } numbers)
            {
                return [.. numbers.Select(Scalar.Of)];
            }
        }

        return node.OperatorType == "LabelEncoder" ? OfEncoder(node) : null;
    }

    private static List<Scalar>? OfEncoder(OnnxNode node) =>
        node.Find("values_strings")?.ReadTexts() is { Count: > 0 } texts ? [.. texts.Select(Scalar.Of)]
        : node.Find("values_int64s")?.ReadIntegers() is { Count: > 0 } numbers ? [.. numbers.Select(Scalar.Of)]
        : null;

    private static List<Scalar>? OfTensor(OnnxTensor tensor) => tensor.External is not null ? null : tensor.Type switch
    {
        OnnxElementType.String => [.. tensor.ReadTexts().Select(Scalar.Of)],
        OnnxElementType.Int64 => Scalars<long>(tensor, value => value),
        OnnxElementType.Int32 => Scalars<int>(tensor, value => value),
        OnnxElementType.Float32 => Scalars<float>(tensor, value => (long)value),
        _ => null,
    };

    private static List<Scalar> Scalars<T>(OnnxTensor tensor, Func<T, long> convert)
        where T : unmanaged => [.. MemoryMarshal.Cast<byte, T>(tensor.ReadBytes().Span).ToArray().Select(value => Scalar.Of(convert(value)))];

    private static FlamaException Odd(string what) =>
        new(ErrorCodes.InvalidModel, $"The model answered {what}.", "Use the method 'infer', which answers what the graph does.");
}
