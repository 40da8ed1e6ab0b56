using Flama.Processing.Outputs;
using Flama.Processing.Plans;

namespace Flama.Processing;

/// <summary>The <c>predict</c> of a processed model: prepares the input, runs the graph, makes the answer.</summary>
internal sealed class ProcessedMethod
{
    private readonly ModelMethod graph;
    private readonly ProcessingPlan plan;
    private readonly string[] names;

    private ProcessedMethod(ModelMethod graph, ProcessingPlan plan)
    {
        this.graph = graph;
        this.plan = plan;
        names = [.. plan.Output.Specs.Select(spec => spec.Name)];
    }

    public static TensorMethod Of(ModelMethod graph, ProcessingPlan plan)
    {
        ProcessedMethod method = new(graph, plan);
        return new(
            ModelMethod.Predict,
            plan.Input is { } input ? new TensorsSpec([input.Spec]) : (TensorsSpec)graph.Input,
            [.. plan.Output.Specs.Select(spec => spec with { IsAloneForOne = plan.Input is not null })],
            method.Invoke)
        {
            IsRowwise = graph.IsRowwise,
        };
    }

    private ModelOutput Invoke(TensorInputs inputs, in InvokeOptions options)
    {
        if (plan.Input is not { } preparation)
        {
            using var output = graph.Invoke(inputs, options);
            return Answer(plan.Output.Apply(output, inputs.Rows, []));
        }

        var given = inputs[preparation.Spec.Name];
        if (given.Type != ElementType.String || given.Shape.Count > 1)
        {
            throw new ArgumentException($"'{preparation.Spec.Name}' has to be texts without dimensions or with one.", nameof(inputs));
        }

        if (given.Count == 0)
        {
            throw new FlamaException([new InputProblem("empty_input", $"The list of '{preparation.Spec.Name}' is empty, expected one or more.")], 1);
        }

        var parts = Compute(given.Texts.ToArray(), options);
        var arrays = ArrayParts.Join(parts);
        return Answer(given.Shape.Count == 0 ? [.. arrays.Select(array => array.Reshape([.. array.Shape.Skip(1)]))] : arrays);
    }

    private List<ModelTensor[]> Compute(string?[] values, in InvokeOptions options)
    {
        List<ModelTensor[]> parts = [];
        try
        {
            foreach (var batch in plan.Input!.Prepare(values, options.CancellationToken))
            {
                using (batch)
                {
                    using var output = graph.Invoke(batch.Inputs, options);
                    parts.Add(plan.Output.Apply(output, batch.Count, batch.Mask));
                }
            }

            return parts;
        }
        catch
        {
            parts.ForEach(ArrayParts.Dispose);
            throw;
        }
    }

    private ModelOutput Answer(ModelTensor[] arrays) => arrays.Length == 1 ? ModelOutput.Of(arrays[0]) : ModelOutput.Named(names, arrays);
}
