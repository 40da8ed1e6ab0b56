namespace Flama.Processing.Outputs;

/// <summary>Puts the answers of several runs of a graph behind each other.</summary>
internal static class ArrayParts
{
    /// <summary>Joins arrays along their first dimension; the parts are disposed, or are the result.</summary>
    /// <param name="parts">The arrays of each run, as many in each.</param>
    /// <exception cref="FlamaException">Answers differ in their other dimensions.</exception>
    public static ModelTensor[] Join(List<ModelTensor[]> parts)
    {
        if (parts is [var only])
        {
            return only;
        }

        try
        {
            return [.. Enumerable.Range(0, parts[0].Length).Select(i => Join([.. parts.Select(part => part[i])]))];
        }
        finally
        {
            parts.ForEach(Dispose);
        }
    }

    /// <summary>Gives arrays back.</summary>
    public static void Dispose(ModelTensor[] arrays) => Array.ForEach(arrays, static array => array.Dispose());

    private static ModelTensor Join(ModelTensor[] tensors)
    {
        var shape = tensors[0].Shape.Skip(1).ToArray();
        if (Array.Exists(tensors, tensor => !tensor.Shape.Skip(1).SequenceEqual(shape)))
        {
            throw new FlamaException([new InputProblem("image", "The answers to the parts of this list have different sizes.")], 1);
        }

        var joined = ModelTensor.Rent(tensors[0].Type, [tensors.Sum(tensor => tensor.Shape[0]), .. shape]);
        var at = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Type == ElementType.String)
            {
                tensor.Texts.CopyTo(joined.WritableTexts[at..]);
                at += tensor.Count;
            }
            else
            {
                tensor.Bytes.CopyTo(joined.WritableBytes[at..]);
                at += tensor.Bytes.Length;
            }
        }

        return joined;
    }
}
