using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Flama.LightGbm.Oracle;

/// <summary>The C interface of the real library.</summary>
internal static partial class NativeLightGbm
{
    private const string Library = "lib_lightgbm";
    private const int Float32 = 0;
    private const int Float64 = 1;
    private const int Int32 = 2;

    /// <summary>Skips the test that runs where the library cannot be loaded.</summary>
    public static void SkipWithoutLibrary()
    {
        if (!NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out _))
        {
            Assert.Skip($"{Library} cannot be loaded on {RuntimeInformation.RuntimeIdentifier}; it comes with the package LightGBM and needs libgomp on Linux.");
        }
    }

    /// <summary>Trains a model and gives its text.</summary>
    /// <param name="rows">Row-major.</param>
    /// <param name="columns">Columns of <paramref name="rows"/>.</param>
    /// <param name="labels">One per row.</param>
    /// <param name="parameters">Parameters, between blanks.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="group">Rows per query of a ranking; none for other objectives.</param>
    public static string Train(double[] rows, int columns, float[] labels, string parameters, int rounds, int[] group)
    {
        var count = labels.Length;
        parameters = $"verbosity=-1 num_threads=1 deterministic=true seed=7 {parameters}";
        Check(DatasetCreateFromMat(rows, Float64, count, columns, 1, parameters, 0, out var data));
        Check(DatasetSetField(data, "label", labels, count, Float32));
        if (group.Length > 0)
        {
            Check(DatasetSetField(data, "group", group, group.Length, Int32));
        }

        Check(BoosterCreate(data, parameters, out var booster));
        for (var i = 0; i < rounds; i++)
        {
            Check(BoosterUpdateOneIter(booster, out _));
        }

        Check(BoosterSaveModelToString(booster, 0, -1, 0, 0, out var length, []));
        var text = new byte[length];
        Check(BoosterSaveModelToString(booster, 0, -1, 0, length, out _, text));
        Check(BoosterFree(booster));
        Check(DatasetFree(data));
        return Encoding.UTF8.GetString(text).TrimEnd('\0');
    }

    /// <summary>Predicts with a model of a text.</summary>
    public static double[] Predict(string text, double[] rows, int columns)
    {
        Check(BoosterLoadModelFromString(text, out _, out var booster));
        Check(BoosterGetNumClasses(booster, out var classes));
        var answers = new double[rows.Length / columns * Math.Max(1, classes)];
        Check(BoosterPredictForMat(booster, rows, Float64, rows.Length / columns, columns, 1, 0, 0, -1, "num_threads=1", out var length, answers));
        Check(BoosterFree(booster));
        Assert.Equal(answers.Length, length);
        return answers;
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"LightGBM failed: {Marshal.PtrToStringUTF8(GetLastError())}");
        }
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetCreateFromMat(
        double[] data, int type, int rows, int columns, int isRowMajor, string parameters, nint reference, out nint made);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetSetField(nint data, string field, float[] values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetSetField(nint data, string field, int[] values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    private static partial int DatasetFree(nint data);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterCreate(nint data, string parameters, out nint made);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterLoadModelFromString(string text, out int iterations, out nint made);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumClasses")]
    private static partial int BoosterGetNumClasses(nint booster, out int classes);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    private static partial int BoosterUpdateOneIter(nint booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    private static partial int BoosterSaveModelToString(
        nint booster, int start, int count, int importance, long capacity, out long length, [Out] byte[] text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterPredictForMat(
        nint booster, double[] data, int type, int rows, int columns, int isRowMajor, int kind, int start, int count, string parameters, out long length, [Out] double[] answers);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    private static partial int BoosterFree(nint booster);
}
