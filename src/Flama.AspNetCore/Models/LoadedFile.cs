using Flama.Packaging;

namespace Flama.AspNetCore.Models;

/// <summary>A model and the file it came from, which live and end together.</summary>
internal sealed class LoadedFile(ModelPackage package, Model model) : IDisposable
{
    public void Dispose()
    {
        model.Dispose();
        package.Dispose();
    }
}
