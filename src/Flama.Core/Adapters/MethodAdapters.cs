namespace Flama.Adapters;

/// <summary>Shows a method of one kind of input as one of the other kind.</summary>
public static class MethodAdapters
{
    /// <summary>Shows a tensor method as one that takes rows.</summary>
    /// <param name="method">A method with one numeric tensor of two dimensions; a table method is returned as it is.</param>
    /// <exception cref="FlamaException">The method takes something else (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static ModelMethod AsRows(ModelMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Input switch
        {
            TableSpec => method,
            TensorsSpec { Tensors: [{ Shape.Count: 2 } tensor] } when tensor.Type is not (ElementType.String or ElementType.Mixed) => new RowsOfTensorMethod(method, tensor),
            _ => throw new FlamaException(
                ErrorCodes.InvalidInput,
                $"'{method.Name}' takes {method.Input switch { TensorsSpec tensors => string.Join(", ", tensors.Tensors), var other => other.ToString() }}, not rows.",
                "Give the tensors by name."),
        };
    }

    /// <summary>Shows a table method as one that takes tensors.</summary>
    /// <param name="method">
    /// A method of rows of cells with known features; a tensor method is returned as it is. Numbers alone are one float64 tensor <c>input</c> of
    /// <c>[rows, features]</c>; with text among them, each feature is a tensor of <c>[rows]</c> of its name.
    /// </param>
    /// <exception cref="FlamaException">The features are not known (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static ModelMethod AsTensors(ModelMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Input switch
        {
            TensorsSpec => method,
            TableSpec { HasKnownFeatures: true, RowForm: RowForm.Cells, Features.Count: > 0 } rows => new TensorsOfTableMethod(method, rows),
            TableSpec { RowForm: RowForm.Document } rows => new TensorsOfTableMethod(method, rows),
            _ => throw new FlamaException(ErrorCodes.InvalidInput, $"'{method.Name}' does not tell which features it takes.", "Give rows."),
        };
    }
}
