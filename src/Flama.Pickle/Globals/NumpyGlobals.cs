using Flama.Pickle.Numpy;

namespace Flama.Pickle.Globals;

/// <summary>
/// numpy's arrays, scalars, types and functions, under the module names of numpy 1 (<c>numpy.core</c>) and 2 (<c>numpy._core</c>).
/// </summary>
internal static class NumpyGlobals
{
    private static readonly string[] ScalarTypes =
    [
        "bool_", "bool", "bool8", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
        "longdouble",
        "float128", "complex64", "complex128", "clongdouble", "byte", "ubyte", "short", "ushort", "intc", "uintc", "int_", "uint", "intp",
        "uintp", "long",
        "ulong", "longlong", "ulonglong", "half", "single", "double", "float_", "complex_", "str_", "unicode_", "bytes_", "string_",
        "object_", "void",
        "record", "datetime64", "timedelta64", "generic", "number", "integer", "signedinteger", "unsignedinteger", "inexact", "floating",
        "complexfloating", "flexible", "character",
    ];

    private static readonly string[] UniversalFunctions =
    [
        "log", "log1p", "log2", "log10", "exp", "exp2", "expm1", "sqrt", "cbrt", "square", "absolute", "fabs", "negative", "positive",
        "reciprocal",
        "sign", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh",
        "hypot", "floor",
        "ceil", "rint", "trunc", "deg2rad", "rad2deg", "degrees", "radians", "isnan", "isfinite", "isinf", "signbit", "logical_not",
        "logical_and",
        "logical_or", "add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "power", "float_power", "mod", "remainder",
        "fmod",
        "maximum", "minimum", "fmax", "fmin", "logaddexp", "logaddexp2", "heaviside", "invert", "conjugate",
    ];

    private static readonly string[] Functions =
    [
        "abs", "mean", "median", "average", "sum", "prod", "std", "var", "min", "max", "amin", "amax", "ptp", "argmin", "argmax", "nanmean",
        "nanmedian",
        "nansum", "nanstd", "nanvar", "nanmin", "nanmax", "percentile", "quantile", "nanpercentile", "nanquantile", "cumsum", "cumprod",
        "diff", "clip",
        "round", "round_", "around", "fix", "nan_to_num", "asarray", "array", "asanyarray", "ascontiguousarray", "asfortranarray",
        "atleast_1d",
        "atleast_2d", "ravel", "reshape", "squeeze", "transpose", "concatenate", "hstack", "vstack", "column_stack", "log", "dot", "matmul",
        "unique",
        "count_nonzero", "ones_like", "zeros_like", "where", "isclose", "sort", "argsort", "copy", "real", "imag", "sinc", "i0",
    ];

    private static readonly string[] UniversalFunctionModules =
        ["numpy", "numpy.core", "numpy.core.umath", "numpy.core._multiarray_umath", "numpy._core.umath", "numpy._core._multiarray_umath"];

    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        table.AddFunctions("numpy", Functions);
        table.AddFunctions("numpy", UniversalFunctions);
        foreach (var module in UniversalFunctionModules)
        {
            table.AddAliases("numpy", module, UniversalFunctions);
        }

        table.AddFunctions("numpy", ScalarTypes);
        table.Add("numpy", new GlobalRule { Call = MakeType }, "dtype");
        table.Add("numpy", GlobalRule.ArrayClass, "ndarray", "matrix", "memmap", "recarray", "chararray");
        table.AddClasses("numpy", "poly1d");
        foreach (var core in (string[])["numpy.core", "numpy._core"])
        {
            table.Add($"{core}.multiarray", new GlobalRule { Call = Reconstruct, TakesSlices = true }, "_reconstruct");
            table.Add($"{core}.multiarray", new GlobalRule { Call = Scalar, TakesSlices = true }, "scalar");
            table.Add($"{core}.numeric", new GlobalRule { Call = FromBuffer, TakesSlices = true }, "_frombuffer");
            table.AddConstructor(core, "_ufunc_reconstruct", FindFunction);
            table.Add($"{core}.multiarray", GlobalRule.ArrayClass, "ndarray");
            table.Add($"{core}.memmap", GlobalRule.ArrayClass, "memmap");
            table.Add($"{core}.records", GlobalRule.ArrayClass, "recarray");
            table.AddFunctions($"{core}.records", "record");
        }

        table.Add("numpy.rec", GlobalRule.ArrayClass, "recarray");
        table.AddFunctions("numpy.rec", "record");
        table.Add("numpy.matrixlib.defmatrix", GlobalRule.ArrayClass, "matrix");
        foreach (var module in (string[])["numpy.ma", "numpy.ma.core"])
        {
            table.AddClasses(module, "MaskedArray");
            table.AddConstructor(module, "MaskedConstant", static call => call.Inert());
            table.AddConstructor(module, "_mareconstruct", MaskedArray);
        }
    }

    /// <summary><c>_reconstruct(class, (0,), b'b')</c>: an array whose contents BUILD sets.</summary>
    private static NdArray Reconstruct(PickleCall call)
    {
        call.RequireCount(3, 3);
        RequireArrayClass(call);
        return NdArray.Pending();
    }

    /// <summary><c>_frombuffer(data, dtype, shape, order)</c>: protocol 5's contiguous arrays.</summary>
    private static NdArray FromBuffer(PickleCall call)
    {
        call.RequireCount(3, 5);
        var order = call.Arguments.Count == 3 ? "C" : call.Argument<string>(3);
        if (order is not ("C" or "F"))
        {
            throw call.Refused($"the order is '{ValueDescription.Safe(order)}'");
        }

        return ArrayReader.FromBytes(
            call.Argument<DType>(1), ArrayReader.ReadShape(call.Arguments[2]), call.Arguments[0], order == "F", call.Budget, call.Offset);
    }

    /// <summary><c>scalar(dtype, bytes)</c>: a plain value; for objects the second argument itself.</summary>
    private static object? Scalar(PickleCall call)
    {
        call.RequireCount(1, 2);
        var type = call.Argument<DType>(0);
        if (type.Kind == DTypeKind.Object)
        {
            return call.Arguments.Count == 2 ? call.Arguments[1] : null;
        }

        if (call.Arguments.Count == 1 || type.HasObjects)
        {
            throw call.Refused($"a scalar of type {type.Code} has no data");
        }

        type.IsUsed = true;
        call.Budget.AddBytes(2L * type.ItemSize, call.Offset);
        return NumpyScalar.Read(type, ArrayReader.ReadBytes(call.Arguments[1], call.Budget, call.Offset).Span);
    }

    /// <summary><c>dtype('f8', False, True)</c>: a type whose byte order and fields BUILD sets.</summary>
    private static DType MakeType(PickleCall call)
    {
        call.RequireCount(1, 3);
        for (var i = 1; i < call.Arguments.Count; i++)
        {
            if (call.Arguments[i] is not (bool or long and (0 or 1)))
            {
                throw call.Refused($"argument {i + 1} is {ValueDescription.Of(call.Arguments[i])}");
            }
        }

        return call.Arguments[0] is PickleSymbol { Global.Name: "record" or "void" }
            ? new DType(DTypeKind.Record, 0)
            : DTypeReader.FromCode(call.Argument<string>(0));
    }

    /// <summary>
    /// <c>_ufunc_reconstruct(module, name)</c>, numpy before 1.20: imports any module, so the pair must be one of numpy's or scipy's
    /// functions.
    /// </summary>
    private static PickleSymbol FindFunction(PickleCall call)
    {
        call.RequireCount(2, 2);
        var module = call.Argument<string>(0);
        var name = call.Argument<string>(1);
        if (UniversalFunctionModules.Contains(module, StringComparer.Ordinal) && UniversalFunctions.Contains(name, StringComparer.Ordinal))
        {
            return new PickleSymbol(new GlobalName("numpy", name)) { Rule = GlobalRule.Symbol };
        }

        return module == ScipyGlobals.SpecialFunctionModule && ScipyGlobals.SpecialFunctions.Contains(name, StringComparer.Ordinal)
            ? new PickleSymbol(new GlobalName(module, name)) { Rule = GlobalRule.Symbol }
            : throw call.Refused($"'{ValueDescription.Safe(module)}', '{ValueDescription.Safe(name)}' is not a universal function of numpy");
    }

    /// <summary><c>_mareconstruct(class, baseclass, (0,), b'b')</c>: a masked array, kept as data.</summary>
    private static PickleObject MaskedArray(PickleCall call)
    {
        call.RequireCount(4, 4);
        return call.Inert(call.Class(0));
    }

    private static void RequireArrayClass(PickleCall call)
    {
        if (call.Argument<PickleSymbol>(0).Rule is not { IsArrayClass: true })
        {
            throw call.Refused($"{ValueDescription.Of(call.Arguments[0])} is not an array class of numpy");
        }
    }
}
