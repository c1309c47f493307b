# Shared settings, and the two functions that every folder uses.
#
#   tocsin_library(<folder> SOURCES ... DEPS ...)   one folder, one static library tocsin::<folder>
#   tocsin_test(<folder> SOURCES ... DEPS ...)      one folder, one test binary <folder>_tests

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(tocsin_options INTERFACE)
target_compile_options(tocsin_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wimplicit-fallthrough -Wextra-semi
  $<$<BOOL:${TOCSIN_WERROR}>:-Werror>
  $<$<CONFIG:Release>:-Wno-restrict>)  # g++ 12 takes std::string's own copies for overlapping ones
target_compile_definitions(tocsin_options INTERFACE BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_DISABLE_BOOST_COROUTINE)
target_include_directories(tocsin_options INTERFACE ${PROJECT_SOURCE_DIR})
if(TOCSIN_SANITIZE)
  target_compile_options(tocsin_options INTERFACE -fsanitize=${TOCSIN_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(tocsin_options INTERFACE -fsanitize=${TOCSIN_SANITIZE})
endif()

function(tocsin_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(tocsin_${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
  else()
    add_library(tocsin_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(tocsin::${name} ALIAS tocsin_${name})
  target_link_libraries(tocsin_${name} ${scope} tocsin_options ${ARG_DEPS})
endfunction()

function(tocsin_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name}_tests ${ARG_SOURCES})
  target_link_libraries(${name}_tests PRIVATE ${ARG_DEPS} tocsin_test_source_dir GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name}_tests DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES TIMEOUT 300 ENVIRONMENT "TOCSIN_BINARY=$<TARGET_FILE:tocsin>")
endfunction()
