using Flama.Keras.Text;

namespace Flama.Keras;

/// <summary>A graph of a model of Keras or TensorFlow as a method, with the model's own names and what happens before it. Thread-safe.</summary>
internal sealed class KerasMethod : IDisposable
{
    private readonly ModelMethod run;
    private readonly TensorsSpec wanted;
    private readonly LoweredModel lowered;
    private readonly HostPlan plan;
    private readonly string[] outputNames;

    /// <summary>Makes the method.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="graph">The graph, which becomes this one's.</param>
    /// <param name="lowered">What it was made of.</param>
    public KerasMethod(string name, Model graph, LoweredModel lowered)
    {
        Graph = graph;
        this.lowered = lowered;
        plan = lowered.Graph.Host;
        run = graph.GetMethod(ModelMethod.Predict);
        wanted = (TensorsSpec)run.Input;
        outputNames = [.. lowered.Outputs.Select(output => output.Name)];
        Method = new TensorMethod(name, new TensorsSpec(lowered.Inputs), lowered.Outputs, (TensorInputs inputs, in InvokeOptions options) => Invoke(inputs, options));
    }

    /// <summary>The graph.</summary>
    public Model Graph { get; }

    /// <summary>The method.</summary>
    public TensorMethod Method { get; }

    /// <summary>Gives the graph back.</summary>
    public void Dispose() => Graph.Dispose();

    private ModelOutput Invoke(TensorInputs inputs, in InvokeOptions options)
    {
        var slots = new ModelTensor[plan.Names.Count];
        for (var i = 0; i < lowered.Inputs.Count; i++)
        {
            slots[i] = inputs.Find(lowered.Inputs[i].Name) ?? throw new FlamaException(
                ErrorCodes.InvalidInput, $"Input '{lowered.Inputs[i].Name}' is missing.", $"Give {string.Join(", ", lowered.Inputs.Select(input => input.ToString()))}.");
        }

        try
        {
            foreach (var step in plan.Steps)
            {
                var made = step.Operation([.. step.Inputs.Select(slot => slots[slot])]);
                for (var i = 0; i < made.Length; i++)
                {
                    slots[step.Outputs[i]] = made[i];
                }
            }

            List<KeyValuePair<string, ModelTensor>> given = [];
            for (var i = 0; i < slots.Length; i++)
            {
                if (wanted.Find(plan.Names[i]) is not null)
                {
                    given.Add(new(plan.Names[i], slots[i]));
                }
            }

            // Not disposed: the caller's tensors are the caller's.
            return Named(run.Invoke(new TensorInputs(given), options));
        }
        finally
        {
            for (var i = lowered.Inputs.Count; i < slots.Length; i++)
            {
                slots[i]?.Dispose();
            }
        }
    }

    private ModelOutput Named(ModelOutput output)
    {
        if (output.Count == 1)
        {
            return output;
        }

        var arrays = new ModelArray[output.Count];
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = output[i];
        }

        return ModelOutput.Named(outputNames, arrays);
    }
}
