using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Programs;

/// <summary>Writes a method of a program as one graph, for other runtimes.</summary>
internal static class ProgramExport
{
    /// <summary>Writes the method for the shapes that the program, or its user, tells.</summary>
    /// <remarks>What the program asserts of values is left out.</remarks>
    /// <param name="program">The method.</param>
    /// <param name="name">The file, for messages.</param>
    /// <param name="cancellationToken">Ends the work between steps.</param>
    /// <exception cref="FlamaException">Shapes are not told, or the method cannot be lowered.</exception>
    public static OnnxProgram Write(ProgramMethod program, string name, CancellationToken cancellationToken)
    {
        var arrays = program.Arrays;
        if (Array.Find(arrays, static input => input.Example is null && !input.IsOptional) is { } open)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"'{name}' does not tell the shape of its input '{SafeText.OneLine(open.Name, 60)}', which one graph needs.",
                open.IsStatic ? "Inputs that are numbers and texts cannot be written as ONNX." : $"Tell it: --input-shape {SafeText.OneLine(open.Name, 60)}=?,3,224,224 (in a program, LoadOptions.InputShapes).");
        }

        var guessed = Array.TrueForAll(arrays, static input => input.Type is not null || input.IsStatic) ? null : InputGuess.Find(program, arrays, cancellationToken);
        InputPattern[] patterns = [.. arrays.Select((input, i) => input.Example is { } example ? InputPattern.OfTensor(input.Type ?? guessed?[i] ?? program.FloatType, example, input.Shape) : InputPattern.Missing)];
        try
        {
            return Write(program, patterns, name, cancellationToken);
        }
        catch (Interpreting.ProgramRaisedException raised)
        {
            throw TorchErrors.Refused(raised.Message);
        }
    }

    private static OnnxProgram Write(ProgramMethod program, InputPattern[] patterns, string name, CancellationToken cancellationToken)
    {
        GraphWriter graph = new();
        var (layout, _, _, _) = LoweredGraph.Write(graph, program, patterns, cancellationToken);
        if (!graph.Guards.IsEmpty)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption,
                $"'{name}' decides by the lengths of its inputs, so that no graph does for all lengths.",
                "Tell every length: --input-shape NAME=3,224,224 without ? (in a program, LoadOptions.InputShapes).");
        }

        var written = graph.ToProgram();
        var outputs = written.Graph!.Outputs;
        while (outputs.Count > layout.Names.Count)
        {
            outputs.RemoveAt(outputs.Count - 1);
        }

        if (layout.Form == OutputForm.Named)
        {
            OnnxExportExtensions.NameOutputs(written, layout.Names);
        }

        return written;
    }
}
