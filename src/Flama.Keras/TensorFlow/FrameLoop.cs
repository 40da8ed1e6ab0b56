namespace Flama.Keras.TensorFlow;

/// <summary>A loop of TensorFlow 1, which is nodes among others: Enter, Merge, Switch, NextIteration, Exit.</summary>
internal sealed class FrameLoop
{
    private const int MaxDepth = 16;

    private readonly GraphFrame frame;
    private readonly GraphNode condition;
    private readonly List<(GraphNode Enter, GraphNode Merge, GraphNode Switch, string Next, List<string> Exits)> variables = [];
    private readonly List<GraphNode> constants;

    private FrameLoop(GraphFrame frame, GraphNode condition, string name)
    {
        this.frame = frame;
        this.condition = condition;
        constants = [.. frame.Nodes.Values.Where(node => node.Op == "Enter" && node.Flag("is_constant") && node.Text("frame_name") == name)];
    }

    /// <summary>What must be there before it.</summary>
    public IReadOnlyList<string> Outside => [.. variables.Select(variable => variable.Enter.Inputs[0]), .. constants.Select(enter => enter.Inputs[0])];

    /// <summary>Finds the loop that a node leaves.</summary>
    public static FrameLoop Of(GraphFrame frame, GraphNode exit)
    {
        var first = Input(frame, exit, 0, "Switch");
        var holds = Input(frame, first, 1, "LoopCond");
        var merge = Input(frame, first, 0, "Merge");
        FrameLoop loop = new(frame, holds, Among(frame, merge, "Enter").Text("frame_name"));
        var exits = frame.Nodes.Values.Where(node => node.Op == "Exit" && node.Inputs.Count == 1).ToLookup(node => GraphFrame.NodeOf(node.Inputs[0]), node => node.Name, StringComparer.Ordinal);
        foreach (var branch in frame.Nodes.Values.Where(node => node.Op == "Switch" && node.Inputs.Count == 2 && GraphFrame.NodeOf(node.Inputs[1]) == holds.Name))
        {
            merge = Input(frame, branch, 0, "Merge");
            var next = Among(frame, merge, "NextIteration");
            loop.variables.Add((Among(frame, merge, "Enter"), merge, branch, next.Inputs[0], [.. exits[branch.Name]]));
        }

        return loop;
    }

    /// <summary>Writes the loop, and what leaves it.</summary>
    public void Lower(GraphLowering lowering, int depth)
    {
        if (depth > MaxDepth)
        {
            throw KerasErrors.TooLarge($"loops stand more than {MaxDepth} deep in one another");
        }

        Dictionary<string, object?[]> fixedValues = new(StringComparer.Ordinal);
        foreach (var enter in constants)
        {
            fixedValues[enter.Name] = [frame.Find(enter.Inputs[0])];
        }

        var first = variables.Select(variable => frame.Find(variable.Enter.Inputs[0])).ToArray();
        LoopBody body = new(
            i => Source(variables[i].Next) == variables[i].Switch.Name,
            states => lowering.Run(Inner(states), condition.Inputs[0], depth + 1),
            states => Inner(states) is var inner ? [.. variables.Select(variable => lowering.Run(inner, variable.Next, depth + 1))] : []);
        var answers = LoopNodes.Loop(lowering, condition.Name, first, body);
        for (var i = 0; i < variables.Count; i++)
        {
            variables[i].Exits.ForEach(exit => frame.Made[exit] = [answers[i]]);
        }

        // The nodes of a step, with the states before it.
        GraphFrame Inner(object?[] states)
        {
            Dictionary<string, object?[]> made = new(fixedValues, StringComparer.Ordinal);
            for (var i = 0; i < states.Length; i++)
            {
                made[variables[i].Merge.Name] = [states[i], null];
                made[variables[i].Switch.Name] = [null, states[i]];
            }

            return new(frame.Nodes, made);
        }
    }

    private string Source(string tensor)
    {
        for (var i = 0; i < 32 && frame.Nodes.TryGetValue(GraphFrame.NodeOf(tensor), out var node) && node.Op == "Identity" && node.Inputs.Count > 0; i++)
        {
            tensor = node.Inputs[0];
        }

        return GraphFrame.NodeOf(tensor);
    }

    private static GraphNode Input(GraphFrame frame, GraphNode node, int index, string op) =>
        index < node.Inputs.Count && frame.Nodes.TryGetValue(GraphFrame.NodeOf(node.Inputs[index]), out var found) && found.Op == op && found.Inputs.Count > 0 ? found : throw Broken(node);

    private static GraphNode Among(GraphFrame frame, GraphNode node, string op) =>
        node.Inputs.Select(input => frame.Nodes.GetValueOrDefault(GraphFrame.NodeOf(input))).FirstOrDefault(found => found?.Op == op && found.Inputs.Count > 0) ?? throw Broken(node);

    private static FlamaException Broken(GraphNode node) => KerasErrors.Unsupported(node.Name, "is part of a loop of a form that is not known");
}
