using System.Buffers.Binary;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Checking;

/// <summary>Finds loops that cannot end, or not while anybody waits: their number of rounds is a constant, and nothing in them stops earlier.</summary>
/// <remarks>Loops whose rounds depend on the input are watched as they run; see <c>RunWatch</c>.</remarks>
internal static class LoopCheck
{
    // A round takes a microsecond or more.
    private const long MaxRounds = 10_000_000;

    /// <summary>Checks all loops of a program.</summary>
    /// <exception cref="FlamaException">One does not end (<see cref="ErrorCodes.LimitExceeded"/>).</exception>
    public static void Check(OnnxProgram program, string name)
    {
        var loops = OnnxNodes.All(program).Where(IsLoop).ToList();
        if (loops.Count == 0)
        {
            return;
        }

        var constants = ConstantsOf(program);
        foreach (var loop in loops)
        {
            if (loop.Find("body")?.Graphs is [var body] && RoundsOf(loop, constants) is > MaxRounds and var rounds && GoesOn(loop, body, constants))
            {
                throw new FlamaException(
                    ErrorCodes.LimitExceeded,
                    $"'{name}' has a loop of {(rounds == long.MaxValue ? "endless" : rounds)} rounds that nothing ends earlier; at most {MaxRounds} are taken.",
                    "Export the model with an end to its loops.");
            }
        }
    }

    /// <summary>Whether a program has loops whose rounds are not known beforehand.</summary>
    public static bool HasLoops(OnnxProgram program) => OnnxNodes.All(program).Any(IsLoop);

    private static bool IsLoop(OnnxNode node) => node.Domain.Length == 0 && string.Equals(node.OperatorType, "Loop", StringComparison.Ordinal);

    private static long? RoundsOf(OnnxNode loop, Dictionary<string, OnnxTensor> constants) => loop.Inputs is [{ Length: > 0 } count, ..]
        ? constants.TryGetValue(count, out var tensor) ? Single(tensor) : null
        : long.MaxValue;

    private static bool GoesOn(OnnxNode loop, OnnxGraph body, Dictionary<string, OnnxTensor> constants)
    {
        var begins = loop.Inputs is not [_, { Length: > 0 } condition, ..] || IsTrue(condition, constants);
        if (!begins || body.Inputs.Count < 2 || body.Outputs.Count == 0)
        {
            return false;
        }

        // Through nodes that hand it on; by name, since there may be thousands.
        Dictionary<string, OnnxNode> makers = new(StringComparer.Ordinal);
        foreach (var node in body.Nodes.Where(node => node is { OperatorType: "Identity" or "Cast", Inputs: [_], Outputs: [_] }))
        {
            makers.TryAdd(node.Outputs[0], node);
        }

        var current = body.Outputs[0].Name;
        for (var i = 0; i <= makers.Count; i++)
        {
            if (string.Equals(current, body.Inputs[1].Name, StringComparison.Ordinal) || IsTrue(current, constants))
            {
                return true;
            }

            if (!makers.TryGetValue(current, out var maker))
            {
                return false;
            }

            current = maker.Inputs[0];
        }

        return false;
    }

    private static bool IsTrue(string value, Dictionary<string, OnnxTensor> constants) => constants.TryGetValue(value, out var tensor) && Single(tensor) is not (0 or null);

    // By name, whatever graph they are of: names that stand for different constants are left out.
    private static Dictionary<string, OnnxTensor> ConstantsOf(OnnxProgram program)
    {
        Dictionary<string, OnnxTensor> constants = new(StringComparer.Ordinal);
        HashSet<string> ambiguous = new(StringComparer.Ordinal);
        var found = OnnxNodes.Graphs(program).SelectMany(graph => graph.Initializers).Select(tensor => (tensor.Name, tensor))
            .Concat(OnnxNodes.All(program).Where(node => node is { OperatorType: "Constant", Domain: "", Outputs: [_] } && node.Find("value")?.Tensors.Count == 1)
                .Select(node => (node.Outputs[0], node.Find("value")!.Tensors[0])));
        foreach (var (name, tensor) in found)
        {
            if (!constants.TryAdd(name, tensor))
            {
                ambiguous.Add(name);
            }
        }

        foreach (var name in ambiguous)
        {
            constants.Remove(name);
        }

        return constants;
    }

    private static long? Single(OnnxTensor tensor)
    {
        var bytes = tensor.External is null && tensor.Count == 1 ? tensor.ReadBytes().Span : [];
        return (tensor.Type, bytes.Length) switch
        {
            (OnnxElementType.Int64, sizeof(long)) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (OnnxElementType.Int32, sizeof(int)) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (OnnxElementType.Boolean, 1) => bytes[0],
            _ => null,
        };
    }
}
