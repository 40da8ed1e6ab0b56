using Flama.Json;
using Flama.Packaging;

namespace Flama.Hosting.Tests.Trust;

/// <summary>A file of any content, from its first byte to an answer.</summary>
internal static class UntrustedFile
{
    /// <summary>Opens a file, loads its model and lets it answer.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="file">The content.</param>
    /// <param name="row">A row as JSON.</param>
    /// <returns>Whether it was refused; and what became of it, which starts with <c>internal</c> when that was no typed error.</returns>
    public static (bool IsRefused, string Answer) Run(string name, byte[] file, byte[] row)
    {
        try
        {
            using var package = ModelPackage.Open(file, name);
            using var model = new ModelEngines().AddManaged().Load(package.ReadModel());
            _ = InspectDocument.Write(model.Metadata, package.Artifacts.Names);
            foreach (var artifact in package.Artifacts)
            {
                using var content = artifact.IsDirectory ? Stream.Null : artifact.OpenRead();
                content.CopyTo(Stream.Null);
            }

            var method = model.GetMethod(ModelMethod.Predict);
            using var input = InputReader.For(method.Input).ReadValue(row);
            using var prediction = method.Invoke(input);
            return (false, "answered");
        }
        catch (FlamaException exception)
        {
            return (true, $"{exception.Code}: {exception.Message}");
        }
#pragma warning disable CA1031 // Whatever else comes is what the test is for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (true, $"internal: {exception}");
        }
    }
}
