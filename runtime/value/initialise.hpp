// The parts initialise_types() is made of, in the order it runs them.
#pragma once

namespace loopglass::value {

void initialise_object_types();     // object, type, NoneType …, functions and descriptors
void initialise_container_types();  // tuple, list, dict, set, range, slice, iterators, weak
void initialise_exception_types();
void initialise_int_types();    // int, bool
void initialise_float_types();  // float, complex
void initialise_str_types();
void initialise_bytes_types();  // bytes, bytearray, memoryview
                                // references

}  // namespace loopglass::value
