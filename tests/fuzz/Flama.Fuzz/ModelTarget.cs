using System.Text;
using Flama.Json;
using Flama.Packaging;

namespace Flama.Fuzz;

/// <summary>A file from its first byte to an answer: packages, pickles, arrays, boosters, archives of skops, folders of MLflow.</summary>
internal static class ModelTarget
{
    private const int ManyColumns = 64;

    private static readonly ModelEngines Engines = new ModelEngines().AddManaged();

    /// <summary>Opens a file, loads its model and lets it answer.</summary>
    public static string Run(byte[] input)
    {
        try
        {
            using var package = ModelPackage.Open(input, "input");
            foreach (var artifact in package.Artifacts.Where(artifact => !artifact.IsDirectory))
            {
                using var content = artifact.OpenRead();
                content.CopyTo(Stream.Null);
            }

            using var model = Engines.Load(package.ReadModel());
            _ = InspectDocument.Write(model.Metadata, package.Artifacts.Names);
            foreach (var method in model.Methods)
            {
                Answer(method, "0.5");
                Answer(method, "\"a\"");
            }

            return "answered";
        }
        catch (FlamaException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }

    /// <summary>Audits a file, as a scanner does.</summary>
    public static string Audit(byte[] input)
    {
        var audit = ModelAuditor.Audit(input);
        _ = AuditWriter.ToJson(audit);
        _ = AuditWriter.ToSarif(audit, "input", "1.0.0");
        return audit.Verdict.ToString();
    }

    // A model may refuse rows as such; what counts is how.
    private static void Answer(ModelMethod method, string cell)
    {
        try
        {
            var columns = method.Input is TableSpec { HasKnownFeatures: true } table ? Math.Min(table.Features.Count, ManyColumns) : 1;
            var row = method.Input is TableSpec { RowForm: RowForm.Cells } or TensorsSpec ? $"[{string.Join(',', Enumerable.Repeat(cell, columns))}]" : cell;
            using var rows = InputReader.For(method.Input).ReadValue(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(row, 30))}]"));
            using var answer = method.Invoke(rows, new InvokeOptions(1));
        }
        catch (FlamaException)
        {
        }
    }
}
